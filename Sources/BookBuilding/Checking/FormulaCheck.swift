import BookModel
import EngineBuilding
import PageRendering

/// Typesets formulas that a store holds, and compares.
struct FormulaCheck: Sendable {
  private let katex: KaTeX
  private let exchange: FormulaExchange
  private let address: String

  /// Nil where nothing here typesets formulas: nobody knows then what they should be.
  init?(
    _ settings: BookSettings, _ request: BuildRequest, _ address: String,
    _ shared: any SharedContents
  ) {
    katex = KaTeX(macros: settings.macros, isConfined: request.sandbox != .off)
    guard let maker = katex.identity else { return nil }
    exchange = FormulaExchange(shared: shared, maker: maker)
    self.address = address
  }

  /// - Parameter written: all formulas of a chapter.
  /// - Returns: nil where the store does not have them.
  func differences(_ written: [WrittenFormula]) async -> [Diagnostic]? {
    guard !written.isEmpty, let stored = await exchange.take(Set(written.map(\.formula))) else {
      return nil
    }
    let formulas = Array(stored.keys)
    guard let answers = try? await katex.typeset(formulas) else { return nil }
    let own = Dictionary(zip(formulas, answers), uniquingKeysWith: { $1 })
    return written.compactMap { written in
      guard let text = stored[written.formula], own[written.formula] != .mathML(text) else {
        return nil
      }
      return Diagnostic(
        .error, .storeDiffers, at: written.range,
        "formula is set otherwise here than the store '\(address)' holds it")
    }
  }
}
