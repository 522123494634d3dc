internal import NeuralNetKernels

/// Tensors one after the other along an axis.
final class Concatenation: Operation {
  private let parts: [Storage]
  /// Elements of each part per outer step.
  private let runs: [Int]
  private let outer: Int
  private let total: Int

  init(_ tensors: [Tensor], axis: Int) {
    parts = tensors.map { tensor in tensor.storage }
    let views = tensors.map { tensor in AxisView(tensor.shape, axis: axis) }
    runs = views.map { view in view.size * view.inner }
    outer = views[0].outer
    total = runs.reduce(0) { $0 + $1 }
    super.init(inputs: tensors, outputCount: outer * total)
  }

  override func forward() {
    for step in 0..<outer {
      var place = step * total
      for (part, run) in zip(parts, runs) {
        nn_copy(run, part.values + step * run, output.values + place)
        place += run
      }
    }
  }

  override func backward() {
    var offset = 0
    for (part, run) in zip(parts, runs) {
      if part.needsGradient {
        let target = part.gradientToAddTo()
        for step in 0..<outer {
          nn_add_scaled(run, 1, output.gradient + step * total + offset, target + step * run)
        }
      }
      offset += run
    }
  }
}

extension Tensor {
  /// Tensors joined along an axis; all other axes must be equal.
  public static func concatenate(_ tensors: [Tensor], axis: Int = 0) -> Tensor {
    guard let first = tensors.first else { stop("concatenate: no tensors given [empty-list]") }
    let axis = first.checked(axis)
    var sizes = first.shape.dimensions
    for tensor in tensors.dropFirst() {
      guard tensor.shape.rank == first.shape.rank,
        tensor.shape.reduced(axis, false) == first.shape.reduced(axis, false)
      else {
        stop(
          """
          concatenate along axis \(axis): \(first.shape) and \(tensor.shape) differ in another axis \
          [different-shapes]
          """)
      }
      sizes[axis] += tensor.shape[axis]
    }
    return Concatenation(tensors, axis: axis).result(Shape(sizes))
  }

  /// Tensors of one shape as the places of a new axis in front.
  public static func stack(_ tensors: [Tensor]) -> Tensor {
    concatenate(tensors.map { tensor in tensor.reshaped(to: [1] + tensor.shape.dimensions) })
  }
}
