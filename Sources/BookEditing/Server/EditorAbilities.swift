/// What the editor said that it can do with answers. One that says nothing has them plain.
struct EditorAbilities: Equatable, Sendable {
  /// Whether places to fill in may stand in what it inserts.
  var fillsIn = false
  /// Whether symbols may stand in each other.
  var nestsSymbols = false
  /// Whether it asks for lenses anew when it is told to.
  var refreshesLenses = false

  init() {}

  init(_ capabilities: JSON?) {
    let text = capabilities?["textDocument"]
    fillsIn = text?["completion"]?["completionItem"]?["snippetSupport"]?.flag == true
    nestsSymbols = text?["documentSymbol"]?["hierarchicalDocumentSymbolSupport"]?.flag == true
    refreshesLenses = capabilities?["workspace"]?["codeLens"]?["refreshSupport"]?.flag == true
  }
}
