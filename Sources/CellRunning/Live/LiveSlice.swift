import BookModel

/// A live cell and the earlier cells of its scope without which it cannot run.
///
/// A cell is needed when it declares what a needed cell mentions, or when it may change something
/// that a needed cell uses. Types are unknown here, so "may change" errs on the safe side: taking
/// part in a call is enough, unless the value is a plain one.
struct LiveSlice {
  var live: ParsedCell
  /// In order, the live cell last.
  var cells: [ParsedCell]
  /// What sentences say of the cell, and say anew when its controls move.
  var values: [InlineValue] = []

  /// - Parameter isInPage: whether what is baked is there already; else the cells that give it are
  ///   needed too.
  static func all(of scope: Scope, isInPage: Bool = true) -> [LiveSlice] {
    let runs = scope.cells.filter(\.cell.runsInScope)
    let cells = isInPage ? runs.map(\.inPage) : runs
    let facts = cells.map(\.facts)
    return cells.indices.filter { cells[$0].isLive }.map { index in
      let values = scope.inlineValues.filter { value in
        value.isLive && cells.last { $0.isLive && isAbove($0, value) }?.id == cells[index].id
      }
      var facts = Array(facts[...index])
      for value in values { facts[index].items += CellFacts(value.tree).items }
      let needed = Search(facts: facts).needed
      return LiveSlice(
        live: cells[index],
        cells: cells[...index].filter { cell in
          needed.contains { cells[$0].id == cell.id }
        }, values: values.map(\.value))
    }
  }
}

private func isAbove(_ cell: ParsedCell, _ value: ParsedInlineValue) -> Bool {
  value.after.map { cell.id <= $0 } ?? false
}

/// Widens the set of needed cells until nothing is missing.
private struct Search {
  let facts: [CellFacts]
  private(set) var needed: Set<Int>

  init(facts: [CellFacts]) {
    self.facts = facts
    needed = [facts.count - 1]
    while true {
      let before = needed.count
      addDeclarations()
      addChanges()
      if needed.count == before { return }
    }
  }

  private var neededItems: [ItemFacts] { needed.sorted().flatMap { facts[$0].items } }

  private mutating func addDeclarations() {
    let items = neededItems
    let mentions = items.reduce(into: Set<String>()) { $0.formUnion($1.mentions) }
    let members = items.reduce(into: mentions) { $0.formUnion($1.memberMentions) }
    for (index, cell) in facts.enumerated() where !needed.contains(index) {
      let isNeeded = cell.items.contains { item in
        !item.declares.isDisjoint(with: mentions) || !item.addsMembers.isDisjoint(with: members)
      }
      if isNeeded { needed.insert(index) }
    }
  }

  private mutating func addChanges() {
    var tracked: Set<String> = []
    for item in neededItems where item.kind == .variable || item.kind == .statement {
      tracked.formUnion(item.declares.subtracting(item.plainValues))
    }
    // What is made of a tracked name may lead back to it.
    for cell in facts {
      for item in cell.items where item.kind == .variable || item.kind == .function {
        if item.mentions.isDisjoint(with: tracked) { continue }
        tracked.formUnion(item.declares.subtracting(item.plainValues))
      }
    }
    for (index, cell) in facts.enumerated() where !needed.contains(index) {
      let changes = cell.items.contains { item in
        item.kind != .function
          && (!item.calls.isDisjoint(with: tracked) || !item.assigns.isDisjoint(with: tracked))
      }
      if changes { needed.insert(index) }
    }
  }
}
