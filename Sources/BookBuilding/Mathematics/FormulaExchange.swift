import EngineBuilding
import HostSystem
import PageRendering

/// Typeset formulas on their way between machines. Those of a chapter travel together, under a key of the
/// formulas and of all that decides how they look.
struct FormulaExchange: Sendable {
  private let shared: any SharedContents
  private let maker: String

  /// - Parameter maker: identity of what typesets them.
  init(shared: any SharedContents, maker: String) {
    self.shared = shared
    self.maker = maker
  }

  /// MathML for all of these; nil where the store has none.
  func take(_ formulas: Set<Formula>) async -> [Formula: String]? {
    let formulas = formulas.ordered
    guard let bytes = await shared.content(for: key(formulas)) else { return nil }
    guard let texts = Self.decoded(bytes), texts.count == formulas.count,
      texts.allSatisfy(Formula.isMarkup)
    else {
      shared.rejected()
      return nil
    }
    return Dictionary(zip(formulas, texts), uniquingKeysWith: { $1 })
  }

  /// Adds them, where all of them are typeset.
  func give(_ formulas: Set<Formula>, _ mathML: [Formula: String]) {
    let formulas = formulas.ordered
    let texts = formulas.compactMap { mathML[$0] }
    guard texts.count == formulas.count, texts.allSatisfy(Formula.isMarkup) else { return }
    var writer = ByteWriter()
    writer.write(each: texts) { $0.write($1) }
    shared.add(writer.bytes, for: key(formulas))
  }

  private func key(_ formulas: [Formula]) -> String {
    var hash = ContentHash()
    hash.add("shared formulas 1")
    hash.add(maker)
    for formula in formulas {
      hash.add(formula.tex)
      hash.add(formula.isDisplay ? "displayed" : "in a line")
    }
    return hash.digest()
  }

  private static func decoded(_ bytes: [UInt8]) -> [String]? {
    var reader = ByteReader(bytes[...])
    let texts = try? reader.each { reader throws(ByteReader.Malformed) in try reader.text() }
    return reader.isAtEnd ? texts : nil
  }
}

extension Set<Formula> {
  /// The same on every machine.
  var ordered: [Formula] {
    sorted { ($0.tex, $0.isDisplay ? 1 : 0) < ($1.tex, $1.isDisplay ? 1 : 0) }
  }
}
