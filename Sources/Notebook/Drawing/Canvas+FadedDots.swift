import NeuralNet

extension Canvas {
  /// Transparent dots. Those of one path cover each other without a trace, so they are dealt to several
  /// paths, and where many lie it is darker.
  func layered(
    _ points: [Point], _ marker: Marker, _ color: Ink, _ size: Double, _ opacity: Double
  ) {
    let layers = min(8, points.count)
    for layer in 0..<layers {
      group({ $0.set("opacity", hundredths: opacity) }) {
        dots(
          stride(from: layer, to: points.count, by: layers).map { points[$0] }, marker, color,
          size: size, edge: false)
      }
    }
  }
}

/// Stops unless dots of this size and opacity can be seen.
func requireDots(size: Double, opacity: Double, in name: StaticString) {
  if !(1...30).contains(size) {
    stop("\(name): the size of dots must be in 1...30, got \(size) [value-out-of-range]")
  }
  if !(0.02...1).contains(opacity) {
    stop("\(name): the opacity must be in 0.02...1, got \(opacity) [value-out-of-range]")
  }
}
