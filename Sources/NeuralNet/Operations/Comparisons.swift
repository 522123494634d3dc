/// 1 where a relation holds between two elements, 0 where not; nothing flows back through it.
final class Comparison: Operation {
  private let a: Storage
  private let b: Storage
  private let holds: (Float, Float) -> Bool

  /// - Parameter b: of the shape of `a`.
  init(_ a: Tensor, _ b: Tensor, _ holds: @escaping (Float, Float) -> Bool) {
    self.a = a.storage
    self.b = b.storage
    self.holds = holds
    super.init(inputs: [a, b], outputCount: a.count)
    output.needsGradient = false
  }

  override func forward() {
    for index in 0..<output.count {
      output.values[index] = holds(a.values[index], b.values[index]) ? 1 : 0
    }
  }

  override func backward() {}
}

// The operators that Swift has for comparing vectors lane by lane; `==` alone would have to be a `Bool`.
extension Tensor {
  /// 1 where the left is smaller, else 0; shapes broadcast. A comparison with NaN gives 0.
  public static func .< (a: Tensor, b: Tensor) -> Tensor { compare(a, b) { $0 < $1 } }
  /// 1 where the left is smaller or both are equal, else 0.
  public static func .<= (a: Tensor, b: Tensor) -> Tensor { compare(a, b) { $0 <= $1 } }
  /// 1 where the left is larger, else 0.
  public static func .> (a: Tensor, b: Tensor) -> Tensor { compare(a, b) { $0 > $1 } }
  /// 1 where the left is larger or both are equal, else 0.
  public static func .>= (a: Tensor, b: Tensor) -> Tensor { compare(a, b) { $0 >= $1 } }
  /// 1 where both are equal, else 0.
  public static func .== (a: Tensor, b: Tensor) -> Tensor { compare(a, b) { $0 == $1 } }
  /// 1 where they differ, else 0; NaN differs from everything.
  public static func .!= (a: Tensor, b: Tensor) -> Tensor { compare(a, b) { $0 != $1 } }

  /// 1 where an element is smaller than a number, else 0.
  public static func .< (a: Tensor, b: Float) -> Tensor { a .< Tensor(b) }
  /// 1 where an element is at most a number, else 0.
  public static func .<= (a: Tensor, b: Float) -> Tensor { a .<= Tensor(b) }
  /// 1 where an element is larger than a number, else 0.
  public static func .> (a: Tensor, b: Float) -> Tensor { a .> Tensor(b) }
  /// 1 where an element is at least a number, else 0.
  public static func .>= (a: Tensor, b: Float) -> Tensor { a .>= Tensor(b) }
  /// 1 where an element is exactly a number, else 0.
  public static func .== (a: Tensor, b: Float) -> Tensor { a .== Tensor(b) }
  /// 1 where an element differs from a number, else 0.
  public static func .!= (a: Tensor, b: Float) -> Tensor { a .!= Tensor(b) }

  @export(interface)
  private static func compare(
    _ a: Tensor, _ b: Tensor, _ holds: @escaping (Float, Float) -> Bool
  ) -> Tensor {
    let shape = commonShape("comparison", a, b)
    return Comparison(a.expanded(to: shape), b.expanded(to: shape), holds).result(shape)
  }
}
