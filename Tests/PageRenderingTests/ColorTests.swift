import Foundation
import PageRendering
import Testing

/// The stylesheet's colors, in light and in dark, against the contrast that WCAG 2.1 AA asks for.
@Suite struct ColorTests {
  enum Mode: CaseIterable { case light, dark }

  struct Palette {
    var colors: [String: [Mode: Color]] = [:]

    /// Reads `--name: light-dark(#rrggbb, #rrggbb);` and `--name: var(--other);`.
    init(css: String) {
      for line in css.split(separator: "\n") {
        let parts = line.split(separator: ":", maxSplits: 1).map {
          $0.trimmingCharacters(in: .whitespaces)
        }
        guard parts.count == 2, parts[0].hasPrefix("--"), colors[parts[0]] == nil else { continue }
        if let pair = parts[1].wholeMatch(of: /light-dark\((#\w{6}), (#\w{6})\);/) {
          colors[parts[0]] = [.light: Color(hex: pair.1), .dark: Color(hex: pair.2)]
        } else if let other = parts[1].wholeMatch(of: /var\((--[\w-]+)\);/) {
          colors[parts[0]] = colors[String(other.1)]
        }
      }
    }

    subscript(name: String, mode: Mode) -> Color? { colors["--" + name]?[mode] }
  }

  struct Color: Equatable {
    var red: Double
    var green: Double
    var blue: Double

    init(hex: some StringProtocol) {
      let value = Int(hex.dropFirst(), radix: 16) ?? 0
      (red, green, blue) = (
        Self.linear(value >> 16), Self.linear(value >> 8 & 255), Self.linear(value & 255)
      )
    }

    private static func linear(_ byte: Int) -> Double {
      let share = Double(byte) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }

    var luminance: Double { 0.2126 * red + 0.7152 * green + 0.0722 * blue }

    func contrast(with other: Color) -> Double {
      let (light, dark) = (
        max(luminance, other.luminance), min(luminance, other.luminance)
      )
      return (light + 0.05) / (dark + 0.05)
    }

    /// As a person without one kind of cones sees it (Viénot, Brettel and Mollon, 1999).
    func seen(by kind: ColorBlindness) -> Color {
      var color = self
      switch kind {
      case .protan:
        color.red = 0.11238 * red + 0.88762 * green
        color.green = color.red
        color.blue = 0.00401 * red - 0.00401 * green + blue
      case .deutan:
        color.red = 0.29275 * red + 0.70725 * green
        color.green = color.red
        color.blue = -0.02234 * red + 0.02234 * green + blue
      }
      return color
    }

    /// Difference in the CIE L*a*b* space.
    func difference(from other: Color) -> Double {
      zip(lab, other.lab).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
    }

    private var lab: [Double] {
      func root(_ t: Double) -> Double { t > 0.008856 ? cbrt(t) : 7.787 * t + 16 / 116 }
      let x = root((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505)
      let y = root(0.2126 * red + 0.7152 * green + 0.0722 * blue)
      let z = root((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089)
      return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
    }
  }

  enum ColorBlindness: CaseIterable { case protan, deutan }

  let palette = Palette(
    css: String(decoding: Theme.standard.files["assets/book.css"] ?? [], as: UTF8.self))

  @Test(arguments: Mode.allCases)
  func textIsReadable(mode: Mode) throws {
    let names =
      [
        "ink", "muted", "link", "accent", "note", "tip", "important", "warning", "caution",
        "keyword", "type", "call", "string", "number", "comment", "attribute", "nn-ink", "nn-muted",
        "nn-blue", "nn-orange",
      ] + (1...6).map { "nn-series-\($0)" }
    for name in names {
      for ground in ["paper", "wash"] {
        let contrast = try #require(palette[name, mode])
          .contrast(with: try #require(palette[ground, mode]))
        #expect(contrast >= 4.5, "\(name) on \(ground): \(contrast)")
      }
    }
  }

  @Test(arguments: Mode.allCases)
  func seriesCanBeToldApart(mode: Mode) throws {
    let series = try (1...6).map { try #require(palette["nn-series-\($0)", mode]) }
    for first in series.indices {
      for second in series.indices where second > first {
        let difference = series[first].difference(from: series[second])
        #expect(difference > 20, "\(first + 1) and \(second + 1): \(difference)")
        for kind in ColorBlindness.allCases {
          let seen = series[first].seen(by: kind).difference(from: series[second].seen(by: kind))
          #expect(seen > 8, "\(first + 1) and \(second + 1) for \(kind): \(seen)")
        }
      }
    }
  }

  @Test(arguments: Mode.allCases)
  func blueAndOrangeAreFarApartForEverybody(mode: Mode) throws {
    let blue = try #require(palette["nn-blue", mode])
    let orange = try #require(palette["nn-orange", mode])
    for kind in ColorBlindness.allCases {
      #expect(blue.seen(by: kind).difference(from: orange.seen(by: kind)) > 40)
    }
  }
}
