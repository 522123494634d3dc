import NeuralNet

@testable import Notebook

extension Gallery {
  /// XOR, learned.
  static func trained(seed: Int = 4) -> (net: Network, history: History) {
    let net = Network(inputs: 2, seed: seed) {
      Dense(3)
      Tanh()
      Dense(1)
      Sigmoid()
    }
    let history = net.train(
      on: .xor, loss: .binaryCrossEntropy, optimizer: .sgd(learningRate: 0.5), epochs: 400)
    return (net, history)
  }

  static var engine: [Exhibit] {
    let (net, history) = trained()
    let deep = Network(inputs: 2, seed: 3) {
      Dense(5)
      ReLU()
      Dense(4)
      ReLU()
      Dense(3)
    }
    let points = moons
    let data = Dataset(
      "moons", inputs: Tensor(points.points.map { [$0.0, $0.1] }),
      targets: Tensor(points.classes.map { [Float($0)] }))
    let digits = Dataset(
      "digits", inputs: Tensor(sampleDigits.map { $0.pixels.map { Float($0) } }),
      targets: Tensor(sampleDigits.map { digit in (0..<10).map { $0 == digit.label ? 1 : 0 } }))
    let wide = Dataset(
      "random",
      inputs: Tensor((0..<5).map { row in noise(3, seed: UInt64(row + 1)).map { Float($0) } }),
      targets: Tensor((0..<5).map { [Float($0) / 2] }))
    let attention = Network(inputShape: [16, 32], seed: 1) {
      LayerNorm(32)
      Dense(64)
      ReLU()
      Dense(8)
    }
    let w = Tensor([[2]], needsGradient: true)
    let x = Tensor([[3]], needsGradient: true)
    let product = w * x
    let result = product.tanh()
    result.backward()
    let (u, v) = (
      Tensor([[2]], needsGradient: true), Tensor([[3]], needsGradient: true)
    )
    let shifted = u * v - 5
    let loss = (shifted.sigmoid() - 1).squared().sum()
    loss.backward()
    return [
      Exhibit("net", net),
      Exhibit("net-maps", diagram(net, x: -0.5...1.5, y: -0.5...1.5)),
      Exhibit("net-plain", diagram(deep, showsWeights: false)),
      Exhibit("net-signs", diagram(deep)),
      Exhibit("net-blocks", attention),
      Exhibit("net-summary", net.summary()),
      Exhibit("net-history", history),
      Exhibit("net-regions", decisionRegions(net, on: .xor, xLabel: "h₁", yLabel: "h₂")),
      Exhibit("net-regions-classes", decisionRegions(deep, on: data)),
      Exhibit("net-hidden-space", hiddenSpace(net, on: .xor)),
      Exhibit("net-linear-regions", linearRegions(deep, x: -3...3, y: -3...3)),
      Exhibit("net-distributions", distributions(deep, on: data)),
      Exhibit(
        "net-unit-sum", unitSum(net, layer: 1, unit: 0, input: [0, 1], names: ["h₁", "h₂", "h₃"])),
      Exhibit("net-activation", activationPlot(Sigmoid())),
      Exhibit("data-points", data),
      Exhibit("data-images", digits),
      Exhibit("data-table", wide),
      Exhibit("tensor-map", heatmap(deep.parameters[0].tensor, title: "First weights")),
      Exhibit("tensor-steps", computationGraph(of: loss, [("w", u), ("x", v), ("z", shifted)])),
      Exhibit("tensor-steps-batch", computationGraph(of: net(Tensor([[0, 1]])).sum())),
      Exhibit(
        "tensor-graph",
        computationGraph([
          GraphNode("w", w), GraphNode("x", x), GraphNode("w · x", product, inputs: [0, 1]),
          GraphNode("tanh", result, inputs: [2]),
        ])),
    ]
  }
}
