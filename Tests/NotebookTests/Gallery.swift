@testable import Notebook

/// One picture of the contact sheet, with the golden file of its name.
struct Exhibit {
  let name: String
  let make: () -> Display

  init(_ name: String, _ value: @escaping @autoclosure () -> some Displayable) {
    self.name = name
    make = {
      OutputChannel.begin(exhibit: name)
      return value().display
    }
  }

  var markup: String { String(decoding: make().bytes, as: UTF8.self) }
}

extension OutputChannel {
  /// Starts the ids of figures anew, so that a golden file does not depend on what ran before it.
  static func begin(exhibit: String) {
    cell = 0
    figuresShown = 0
  }
}

/// Every figure with typical data, then every figure with data that is hard to draw.
enum Gallery {
  static var all: [Exhibit] { lines + plane + matrices }
}

/// Numbers that look random and are the same everywhere.
func noise(_ count: Int, seed: UInt64 = 1) -> [Double] {
  var state = seed
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 40) / Double(1 << 24)
  }
}
