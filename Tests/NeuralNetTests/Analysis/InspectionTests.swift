import NeuralNet
import Testing

@Suite struct InspectionTests {
  @Test func leastSquaresSolvesWhatHasOneSolution() {
    let a = Tensor([[2, 0], [0, 4], [0, 0]])
    let result = LeastSquares(a, Tensor([[2], [4], [7]]))
    #expect(result.rank == 2)
    #expect(result.singularValues == [4, 2])
    #expect(abs(result.solution[0][0] - 1) < 1e-12)
    #expect(abs(result.solution[1][0] - 1) < 1e-12)
  }

  @Test(arguments: [(6, 4), (4, 6), (5, 5), (1, 3), (3, 1), (90, 60), (60, 90), (64, 64)])
  func leastSquaresLeavesNothingThatTheColumnsCouldTake(rows: Int, columns: Int) {
    var random = RandomSource(seed: rows * 10 + columns)
    let a = Tensor([rows, columns], (0..<rows * columns).map { _ in random.normal() })
    let b = Tensor([rows, 1], (0..<rows).map { _ in random.normal() })
    let x = LeastSquares(a, b).solution.map { $0[0] }
    let matrix = a.matrix
    let residual = (0..<rows).map { row in
      zip(matrix[row], x).reduce(-Double(b.values[row])) { $0 + Double($1.0) * $1.1 }
    }
    for column in 0..<columns {
      let slope = (0..<rows).reduce(0.0) { $0 + Double(matrix[$1][column]) * residual[$1] }
      #expect(abs(slope) < 1e-9)
    }
  }

  @Test func leastSquaresOfEqualColumnsIsTheShortest() {
    let result = LeastSquares(Tensor([[1, 1], [2, 2]]), Tensor([[2], [4]]))
    #expect(result.rank == 1)
    #expect(abs(result.solution[0][0] - 1) < 1e-12)
    #expect(abs(result.solution[1][0] - 1) < 1e-12)
  }

  @Test func gridIsWhatTheNetworkSaysAtItsPoints() {
    let net = Network(inputs: 2, seed: 3) {
      Dense(4); Tanh(); Dense(1)
    }
    let grid = net.grid(x: -1...1, y: 0...2, columns: 5, rows: 3)
    #expect(grid[2, 4] == net.predict(Tensor([[1, 2]])).scalar)
    #expect(grid[0, 0] == net.predict(Tensor([[-1, 0]])).scalar)
    #expect(grid[1, 2] == net.predict(Tensor([[0, 1]])).scalar)
  }

  @Test func preferredInputMakesAUnitSayMore() {
    let net = Network(inputs: 6, seed: 2) {
      Dense(4); Tanh(); Dense(2)
    }
    let before = net.predict(Tensor([1, 6], repeating: 0.5)).values[1]
    let input = net.preferredInput(ofUnit: 1)
    #expect(net.predict(input).values[1] > before)
    #expect(input.values.allSatisfy { (0...1).contains($0) })
  }

  @Test func gradientNormsFallThroughSigmoids() {
    let net = Network(inputs: 2, seed: 1) {
      for _ in 0..<6 { Dense(8); Sigmoid() }
      Dense(1)
    }
    let norms = net.gradientNorms(on: .xor, loss: .meanSquaredError)
    #expect(norms.map { $0.place } == [1, 3, 5, 7, 9, 11, 13])
    #expect(norms[0].norm < norms[5].norm / 100)
    #expect(net.parameters.allSatisfy { $0.tensor.gradient == nil })
  }

  @Test func receptiveFieldGrowsByTheFormula() {
    let field = ReceptiveField([
      .init(kernelSize: 3), .init(kernelSize: 3, stride: 2), .init(kernelSize: 3),
    ])
    #expect(field.sizes == [3, 5, 9])
    #expect(ReceptiveField([.init(kernelSize: 3, dilation: 4)]).size == 9)
  }

  @Test func receptiveFieldOfADenseLayerIsEverythingWithAWeight() {
    let net = Network(inputs: 3) { Dense(weight: [[1, 0], [0, 1], [2, 2]]) }
    #expect(net.receptiveField(ofOutput: 0, at: Tensor([[1, 1, 1]])) == [true, false, true])
  }

  @Test func saturatedUnitsAreThoseAtTheirBounds() {
    let net = Network(inputs: 1) {
      Dense(weight: [[100, 0.1]], bias: [0, 0])
      Tanh()
    }
    let statistics = net.statistics(on: Tensor([[-1], [1]]))
    #expect(statistics[1].saturatedUnits == [0])
    #expect(statistics[0].saturatedUnits.isEmpty)
  }
}
