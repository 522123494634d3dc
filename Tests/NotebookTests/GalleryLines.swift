import Foundation

@testable import Notebook

extension Gallery {
  static let epochs = Array(0...500)
  static let loss = epochs.map { 0.69 * exp(-Double($0) / 90) + 0.003 }

  static var lines: [Exhibit] {
    [
      Exhibit("line", plot(loss, x: "epoch", y: "loss")),
      Exhibit(
        "line-log",
        plot(
          epochs, loss, title: "Training", x: "epoch", y: .log("loss"),
          marks: [.point(200, loss[200], "epoch 200")])),
      Exhibit(
        "line-series",
        plot(
          Series("train", loss),
          Series("test", loss.enumerated().map { $1 + 0.02 + Double($0) / 6000 }).dashed,
          x: "epoch", y: "loss",
          marks: [.vertical(180, "best on test")])),
      Exhibit(
        "line-band",
        plot(
          Series(
            "mean of 20 seeds", x: [1, 2, 4, 8, 16, 32], y: [0.5, 0.42, 0.3, 0.2, 0.16, 0.15]
          ).pointsAndLine
            .band([0.45, 0.35, 0.2, 0.12, 0.1, 0.1], [0.56, 0.5, 0.41, 0.3, 0.22, 0.2]),
          x: .log("hidden units"), y: Axis("test error", from: 0),
          marks: [.horizontal(0.25, "guessing")])),
      Exhibit("line-function", plot(over: -3...3, x: "x", y: "tanh x") { Float(tanh(Double($0))) }),
      Exhibit(
        "line-many",
        plot(
          (1...6).map { k in
            Series("width \(1 << k)", over: 0.0...6.3) { sin($0 * Double(k) / 2) / Double(k) }
          },
          x: "x", y: "output")),
      Exhibit(
        "line-ends",
        plot(
          Series("training", x: [2, 4, 8, 16, 32], y: [0.5, 0.3, 0.1, 0.02, 0]),
          Series("fresh", x: [2, 4, 8, 16, 32], y: [0.6, 0.4, 0.25, 0.03, 0.01]).dashed,
          Series("stops early", x: [2, 4, 8], y: [0.55, 0.2, 0.15]), x: "width",
          y: Axis("error", from: 0))),
      Exhibit(
        "line-colors",
        plot(
          Series("", x: [1, 1, 2, 2, 3, 3], y: [5, 4, 4, 3, 2, 1.5]).points,
          Series("", x: [1, 1, 2, 2, 3, 3], y: [6, 5.5, 5, 5.2, 4, 4.5]).points,
          Series("training", x: [1, 2, 3], y: [4.5, 3.5, 1.8]),
          Series("fresh", x: [1, 2, 3], y: [5.7, 5.1, 4.2]),
          Series("third", x: [1, 2, 3], y: [1, 1, 1]).color(5), x: "width", y: "error")),
      Exhibit(
        "line-bundle",
        plot(
          [Series("targets", x: [0, 0.2, 0.5, 1], y: [0, 0.9, 0.1, 1]).points]
            + (1...5).map { k in
              Series("five fits", over: 0.0...1) { $0 * $0 + sin($0 * Double(k) * 2) / 12 }
            }, x: "x", y: "answer")),
      Exhibit(
        "line-decades",
        plot(
          Series("doubling at each step", x: Array(0...60), y: (0...60).map { 1 << $0 }).dashed,
          Series("two layers, counted one by one", x: Array(0...60), y: (0...60).map { $0 * $0 }),
          x: "width", y: .log("parameters"))),
      Exhibit(
        "line-breaks",
        plot(over: 0...1, breaks: (0...128).map { Double($0) / 128 }, x: "x", y: "y") {
          let (t, x) = (Double($0) * 64, (Double($0) * 64).rounded(.down))
          return Float(1 - abs(2 * (t - x) - 1))
        }),
      Exhibit("line-empty", plot([Double](), x: "epoch", y: "loss")),
      Exhibit("line-single", plot([0.25], x: "epoch", y: "loss")),
      Exhibit("line-constant", plot([0.25, 0.25, 0.25], x: "epoch", y: "loss")),
      Exhibit("line-gaps", plot([1, 2, .nan, 3, .infinity, 2.5, .nan, 4], x: "step", y: "value")),
      Exhibit("line-all-nan", plot([Double.nan, .nan], y: .log("loss"))),
      Exhibit("line-log-nonpositive", plot([1, 0, -1, 10, 100.0], y: .log("loss"))),
      Exhibit("line-huge-range", plot([1e-300, 1e300, -1e300, 5], y: "value")),
      Exhibit("line-tiny", plot([1e-9, 3e-9, 2e-9], y: "gradient")),
      Exhibit(
        "line-nearly-constant", plot([0.69314, 0.69313, 0.69312, 0.69311], x: "epoch", y: "loss")),
      Exhibit("line-million", plot(noise(1_000_000), x: "step", y: "value")),
      Exhibit(
        "line-long-names",
        plot(
          Series("a network with a very long name indeed", [1, 2, 3]),
          Series("another one & <its> \"name\"", [3, 2, 1]), title: "Names & titles <escaped>")),
    ]
  }
}
