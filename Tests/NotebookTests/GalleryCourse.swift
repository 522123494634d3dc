import NeuralNet

@testable import Notebook

extension Gallery {
  /// Figures of another size, with other dots, of several series, and of what the engine tells.
  static var course: [Exhibit] {
    let many = noise(1200)
    let across: [Double] = (0..<600).map { many[$0] + many[($0 + 7) % 600] }
    let up: [Double] = Array(many[600...])
    let signed: [[Double]] = (0..<4).map { (image: Int) -> [Double] in
      noise(36, seed: UInt64(image + 3)).map { (value: Double) -> Double in value - 0.5 }
    }
    let kernels = Convolution2D(2, 3, kernel: 3, seed: 4).weight
    let confusion = ConfusionMatrix(
      classes: [0, 0, 0, 1, 1, 2, 2, 2, 2], predicted: [0, 0, 1, 1, 1, 2, 2, 0, 2])
    let sweep = Network(inputs: 2, seed: 2) {
      Dense(8)
      Tanh()
      Dense(1)
      Sigmoid()
    }.findLearningRate(
      on: .moons(count: 60, noise: 0.1, seed: 1), loss: .binaryCrossEntropy,
      optimizer: .sgd(learningRate: 1), from: 1e-4, to: 100, steps: 60)
    let accuracies = Series("train", [0.91, 0.97, 0.88])
    return [
      Exhibit(
        "scatter-faded",
        scatter(
          across, up, x: "x₁", y: "x₂", dotSize: 9, opacity: 0.15)),
      Exhibit(
        "scatter-dot-size",
        scatter(
          Array(across[..<80]), Array(up[..<80]),
          classes: (0..<80).map { $0 % 3 }, names: ["a", "b", "c"], x: "x₁", y: "x₂", dotSize: 4)),
      Exhibit(
        "line-dots",
        plot(
          Series("noise", noise(120)).dots(size: 8, opacity: 0.3),
          Series("mean", Array(repeating: 0.5, count: 120)).opacity(0.5), x: "step", y: "value")),
      Exhibit(
        "bars-grouped",
        bars(
          ["SGD", "Adam", "RMSprop"], accuracies, Series("test", [0.88, 0.92, 0.87]),
          title: "Three optimizers", value: "accuracy")),
      Exhibit(
        "bars-grouped-signed",
        bars(["first", "second"], Series("a", [0.5, -0.25]), Series("b", [-0.75, .nan]))),
      Exhibit("bars-grouped-empty", bars(["first"], Series("a", [Double]()))),
      Exhibit(
        "bars-grouped-many",
        bars(
          (0..<50).map { "unit \($0)" }, Series("one", noise(50)), Series("two", noise(50, seed: 2))
        )
      ),
      Exhibit(
        "line-narrow", plot([3, 2, 1.5, 1.2], x: "epoch", y: "loss").sized(width: 0.5, aspect: 1)),
      Exhibit("line-flat", plot([3, 2, 1.5, 1.2], x: "epoch", y: "loss").sized(aspect: 4)),
      Exhibit("images-signed", images(signed, width: 6, names: ["a", "b", "c", "d"])),
      Exhibit("images-signed-one", images([signed[0]], width: 6)),
      Exhibit(
        "images-tensor",
        images(kernels, title: "Kernels", rowNames: ["unit 1", "unit 2", "unit 3"])
      ),
      Exhibit("confusion", confusion.figure(names: ["cat", "dog", "owl"])),
      Exhibit("confusion-numbers", confusion),
      Exhibit("rate-sweep", sweep),
    ]
  }
}
