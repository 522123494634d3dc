import BookModel

/// What a live cell, with the cells that it needs, computes before it asks its reader anything.
struct LiveStart {
  /// The first item that may ask.
  private let cell: Cell.ID
  private let byte: Int

  func ends(at byte: Int, of cell: ParsedCell) -> Bool { byte == self.byte && cell.id == self.cell }

  /// Nil where nothing asks, or nothing is computed before.
  ///
  /// A name that only looks like a control's ends the start too early, which is right as well. What
  /// asks without being seen is found when it runs: the page then runs all of the cell every time.
  init?(_ slice: LiveSlice, lifted: [Cell.ID: [Range<Int>]]) {
    let asking = Self.asking(in: slice)
    var computes = false
    for cell in slice.cells {
      let code = Array(cell.code.utf8)
      for item in cell.facts.items where item.kind == .variable || item.kind == .statement {
        if lifted[cell.id]?.contains(item.range) == true { continue }
        if !item.mentions.union(item.memberMentions).isDisjoint(with: asking) {
          guard computes else { return nil }
          self.cell = cell.id
          byte = item.range.lowerBound
          return
        }
        // Its end would be the start's end.
        if code[item.range].starts(with: "defer".utf8) { return nil }
        computes = computes || code[item.range].contains(UInt8(ascii: "("))
      }
    }
    return nil
  }

  /// Functions of controls, and whatever may lead to a call of one.
  private static func asking(in slice: LiveSlice) -> Set<String> {
    var names = ControlVocabulary.functions
    let items = slice.cells.flatMap(\.facts.items).filter {
      $0.kind == .function || $0.kind == .type || $0.kind == .fileLevel
    }
    while true {
      let before = names.count
      for item in items where !item.mentions.union(item.memberMentions).isDisjoint(with: names) {
        names.formUnion(item.declares)
        names.formUnion(item.addsMembers)
      }
      if names.count == before { return names }
    }
  }
}
