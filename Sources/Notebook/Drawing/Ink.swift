/// A color of the page's theme. Figures name colors and never choose them, so that one picture
/// serves light pages, dark pages and print; the value after the comma is for a figure alone.
enum Ink {
  case ink, muted, grid, paper, blue, orange, none
  case series(Int)

  /// How many series colors there are before they repeat.
  static let seriesCount = 6

  var css: StaticString {
    switch self {
    case .ink: "var(--nn-ink,#1f2328)"
    case .muted: "var(--nn-muted,#59636e)"
    case .grid: "var(--nn-grid,#d8dee4)"
    case .paper: "var(--nn-paper,#fff)"
    case .blue: "var(--nn-blue,#0b62b0)"
    case .orange: "var(--nn-orange,#b84a00)"
    case .none: "none"
    case .series(let index):
      switch index % Ink.seriesCount {
      case 0: "var(--nn-series-1,#0b62b0)"
      case 1: "var(--nn-series-2,#b84a00)"
      case 2: "var(--nn-series-3,#00775f)"
      case 3: "var(--nn-series-4,#7d3c98)"
      case 4: "var(--nn-series-5,#7a6000)"
      default: "var(--nn-series-6,#b8255f)"
      }
    }
  }

  /// The color of a signed quantity: blue above zero, orange below.
  static func sign(_ value: Double) -> Ink {
    value < 0 ? .orange : .blue
  }
}
