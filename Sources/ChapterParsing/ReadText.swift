import BookModel

/// What a chapter's text holds, or a stretch of it, before it is known what stands around.
struct ReadText: Sendable {
  /// In the order of the tree.
  var cells: [Cell]
  var inlineValues: [InlineValue]
  /// Without their anchors, which depend on the headings before; what their words make of them is
  /// in `slugs`.
  var headings: [Heading]
  var slugs: [String]
  var names: [ReadNames.Name]
  var problems: [Diagnostic]
  /// Of the text, in the words of its problems: "(line 7)".
  var namedLines: [Int: Int]
  var inclusions: [Inclusion]
  var lineNotes: [LineNotes]
  /// Whether it may change though the text does not.
  var asksForFiles: Bool

  func moved(by lines: Int) -> ReadText {
    if lines == 0 { return self }
    var moved = self
    moved.cells = cells.map { $0.moved(by: lines) }
    moved.inlineValues = inlineValues.map { $0.moved(by: lines) }
    moved.headings = headings.map { $0.moved(by: lines) }
    for index in names.indices { moved.names[index].name = names[index].name.moved(by: lines) }
    moved.problems = problems.map { $0.moved(by: lines) }
    for (index, line) in namedLines where problems.indices.contains(index) {
      moved.namedLines[index] = line + lines
      moved.problems[index].summary = problems[index].summary.replacing(
        "(line \(line))", with: "(line \(line + lines))")
    }
    moved.inclusions = inclusions.map { $0.moved(by: lines) }
    moved.lineNotes = lineNotes.map { $0.moved(by: lines) }
    return moved
  }
}

/// Names in the order in which they were met. Whether each stands for one thing is known once all are.
struct ReadNames {
  struct Name: Sendable {
    var name: Located<String>
    var owner: NameTable.Owner
    /// What was found wrong before it, so that messages keep their order.
    var problemsBefore: Int
  }

  private(set) var all: [Name] = []

  mutating func add(_ name: Located<String>, of owner: NameTable.Owner, _ problems: Problems) {
    all.append(Name(name: name, owner: owner, problemsBefore: problems.found.count))
  }
}
