import BookModel

/// Sees to it that every name of a chapter stands for one thing.
struct NameTable {
  enum Owner: Equatable, Sendable {
    case cell, equation, section, table
    /// Such as a theorem, with what names of its kind begin with.
    case statement(String, String)
  }

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
    case .table where !name.value.hasPrefix("tbl-"):
      problems.add(
        .namePrefix, at: name.range,
        "name '\(name.value)' of a table must begin with 'tbl-', as in '{#tbl-\(name.value)}'")
    case .statement(let kind, let prefix) where !name.value.hasPrefix(prefix):
      let article = "aeiou".contains(kind.prefix(1)) ? "an" : "a"
      problems.add(
        .namePrefix, at: name.range,
        "name '\(name.value)' of \(article) \(kind) must begin with '\(prefix)', as in "
          + "'{#\(prefix)\(name.value)}'")
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
