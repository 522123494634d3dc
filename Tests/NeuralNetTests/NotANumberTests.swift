import NeuralNet
import Testing

/// A NaN is not hidden, and none appears where 0 belongs.
@Suite struct NotANumberTests {
  private static let nan = Float.nan
  private static let rows: [[Float]] = [[1, nan, 2], [nan, 1, 2], [1, 2, nan]]

  @Test func extremesAreNaN() {
    for row in NotANumberTests.rows {
      let x = Tensor([row])
      let place = row.firstIndex { $0.isNaN } ?? -1
      #expect(x.max(axis: 1).values[0].isNaN)
      #expect(x.min(axis: 1).values[0].isNaN)
      #expect(x.reshaped(3, 1).max(axis: 0).values[0].isNaN)
      #expect(x.argmax() == [place])
      #expect(MaxPool([1, 3])(x.reshaped(1, 1, 1, 3)).values[0].isNaN)
      #expect(x.softmax().values.allSatisfy { $0.isNaN })
      #expect(x.reshaped(3, 1).softmax(axis: 0).values.allSatisfy { $0.isNaN })
    }
    #expect(Tensor([[.nan, 3, .nan]]).argmax() == [0])
    #expect(Tensor([[3, .nan, .nan]]).argmax() == [1])
    let (x, y) = (Tensor([.nan, 1, .nan]), Tensor([1, .nan, .nan]))
    for z in [Tensor.maximum(x, y), .maximum(y, x), .minimum(x, y), .minimum(y, x)] {
      #expect(z.values.allSatisfy { $0.isNaN })
    }
  }

  @Test func theGradientOfAnExtremeGoesWhereTheNaNStands() throws {
    for (place, row) in [(1, [1, .nan, 2]), (0, [.nan, 1, .nan])] as [(Int, [Float])] {
      for pick in [
        { (x: Tensor) in x.max(axis: 0) }, { $0.min(axis: 0) },
        { MaxPool([1, 3])($0.reshaped(1, 1, 1, 3)) },
      ] as [(Tensor) -> Tensor] {
        let x = Tensor(row, needsGradient: true)
        pick(x).sum().backward()
        #expect(try #require(x.gradient).values == (0..<3).map { $0 == place ? 1 : 0 })
      }
    }
  }

  @Test func clippingKeepsNaN() throws {
    func clipped(_ clipping: GradientClipping, _ gradient: [Float]) throws -> [Float] {
      let w = Tensor(gradient.map { _ in 0 }, needsGradient: true)
      w.backward(upstream: Tensor(gradient))
      clipping.apply(to: [w])
      return try #require(w.gradient).values
    }
    let byValue = try clipped(.value(0.5), [.nan, 2, -2, 0.25])
    #expect(byValue[0].isNaN && Array(byValue[1...]) == [0.5, -0.5, 0.25])
    for norm in [.euclidean, .absolute, .maximum] as [GradientClipping.Norm] {
      #expect(try clipped(.norm(1, of: norm), [1, .nan, 3]).allSatisfy { $0.isNaN })
      let infinite = try clipped(.norm(1, of: norm), [1, .infinity])
      #expect(infinite[0] == 0 && infinite[1].isNaN)
    }
  }

  @Test func infinityTimesASlopeOfZeroIsZero() throws {
    func flow(_ x: [Float], _ function: (Tensor) -> Tensor) throws -> [Float] {
      let x = Tensor(x, needsGradient: true)
      function(x).backward(upstream: Tensor(x.shape, repeating: .infinity))
      return try #require(x.gradient).values
    }
    #expect(try flow([-1, 0, 2]) { $0.relu() } == [0, 0, .infinity])
    #expect(try flow([-1, 0, 2]) { $0.step() } == [0, 0, 0])
    #expect(try flow([-1, 0, 2]) { $0.abs() } == [-.infinity, 0, .infinity])
    let weight = Tensor([[1]], needsGradient: true)
    Tensor([[-1]]).affine(weight: weight, activation: .relu)
      .backward(upstream: Tensor([[.infinity]]))
    #expect(try #require(weight.gradient).values == [0])
    // What comes from a NaN goes through, as in PyTorch.
    #expect(try flow([.nan]) { $0.relu() } == [.infinity])
  }
}
