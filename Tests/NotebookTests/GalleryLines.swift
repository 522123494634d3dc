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
