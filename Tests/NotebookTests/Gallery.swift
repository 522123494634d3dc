@testable import Notebook

/// One picture of the contact sheet, with the golden file of its name.
struct Exhibit: Sendable {
  let name: String
  let display: Display
  let markup: String

  init(_ name: String, _ value: @autoclosure () -> some Displayable) {
    self.name = name
    // Ids start anew, so that a golden file does not depend on what was drawn before it.
    OutputChannel.cell = 0
    OutputChannel.figuresShown = 0
    display = value().display
    markup = String(decoding: display.bytes, as: UTF8.self)
  }

  var fileName: String { name + (display.kind == .svg ? ".svg" : ".html") }
}

/// Every figure with typical data, then every figure with data that is hard to draw.
enum Gallery {
  /// Made once: drawing a million points takes a while in a debug build.
  static let all: [Exhibit] = lines + plane + matrices + networks + engine + course
}

/// Numbers that look random and are the same everywhere.
func noise(_ count: Int, seed: UInt64 = 1) -> [Double] {
  var state = seed
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 40) / Double(1 << 24)
  }
}
