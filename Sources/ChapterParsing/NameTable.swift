import BookModel

/// Sees to it that every name of a chapter stands for one thing.
struct NameTable {
  enum Owner { case cell, equation, section }

  private var places: [String: SourceRange] = [:]

  mutating func add(_ name: Located<String>, of owner: Owner, _ problems: inout Problems) {
    switch owner {
    case .equation where !name.value.hasPrefix("eq-"):
      problems.add(
        .namePrefix, at: name.range,
        "name '\(name.value)' of a formula must begin with 'eq-', as in '{#eq-\(name.value)}'")
    // The list of works that the book cites stands under a heading of that name.
    case .section where !name.value.hasPrefix("sec-") && name.value != "refs":
      problems.add(
        .namePrefix, at: name.range,
        "name '\(name.value)' of a section must begin with 'sec-', as in '{#sec-\(name.value)}'")
    default: break
    }
    if let first = places[name.value] {
      problems.add(
        .duplicateID, at: name.range,
        "id '\(name.value)' is used twice; an id names one thing of a chapter",
        notes: [Diagnostic.Note("first used here", range: first)])
    } else {
      places[name.value] = name.range
    }
  }

  mutating func check(cells: [Cell], headings: [Heading], _ problems: inout Problems) {
    for heading in headings where places[heading.anchor] == nil {
      places[heading.anchor] = heading.range
    }
    for cell in cells {
      if let id = cell.options.id { add(id, of: .cell, &problems) }
    }
  }
}
