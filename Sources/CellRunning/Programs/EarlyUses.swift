import BookModel
import SwiftParser
import SwiftSyntax

/// Uses of variables above the line that gives them their values. A chapter is one program, whose
/// variables get their values from top to bottom; the compiler lets code above a declaration use it,
/// which then finds nothing: zeros, or a pointer to nowhere.
struct EarlyUses {
  struct Use: Hashable {
    enum User: Hashable {
      /// The offset counts bytes of the cell's code.
      case cell(Cell.ID, offset: Int)
      case inlineValue(InlineValue.ID, offset: Int)
    }

    var user: User
    var variable: String
    /// The function or type that is used here and uses the variable; nil where it is used itself.
    var through: String?
    var declared: Declaration
  }

  struct Declaration: Hashable {
    var cell: Cell.ID
    /// In the chapter.
    var line: Int
    fileprivate var order: Int
  }

  private(set) var found: [Use] = []
  private var declarations: [String: Declaration] = [:]
  /// What code that waits to be called uses, by the name it is called by.
  private var waiting: [String: Set<String>] = [:]
  /// The same of code that is reached in other ways: extensions, and types that inherit.
  private var hidden: Set<String> = []
  private var steps: [Step] = []

  private struct Step {
    var order: Int
    var uses: [(name: String, offset: Int)]
    var user: (Int) -> Use.User
  }

  init(_ scope: Scope) {
    var values = scope.inlineValues[...]
    let cells = scope.compiledCells
    for (position, cell) in cells.enumerated() {
      // Values before the first cell see nothing, like those that follow no cell at all.
      if position == 0 { readValues(&values, before: cell.id) }
      read(cell)
      readValues(&values, before: position + 1 < cells.count ? cells[position + 1].id : nil)
    }
    for step in steps { check(step) }
  }

  /// Variables without a value while `cell` runs, though code above their declaration uses them.
  func suspects(while cell: Cell.ID) -> [(name: String, line: Int)] {
    let used = waiting.values.reduce(hidden) { $0.union($1) }
    return declarations.filter { $0.value.cell >= cell && used.contains($0.key) }
      .map { ($0.key, $0.value.line) }.sorted { ($0.line, $0.name) < ($1.line, $1.name) }
  }

  // MARK: Reading

  private mutating func readValues(
    _ values: inout ArraySlice<InlineValue>, before next: Cell.ID?
  ) {
    while let value = values.first, next.map({ (value.after ?? Cell.ID(-1)) < $0 }) ?? true {
      values.removeFirst()
      let id = value.id
      append(NameUses(Parser.parse(source: value.expression))) {
        .inlineValue(id, offset: $0)
      }
    }
  }

  private mutating func append(_ uses: NameUses, user: @escaping (Int) -> Use.User) {
    let sorted = uses.immediate.sorted { $0.value < $1.value }
    steps.append(
      Step(order: steps.count, uses: sorted.map { ($0.key, $0.value) }, user: user))
  }

  private mutating func read(_ cell: Cell) {
    let tree = Parser.parse(source: cell.code)
    let id = cell.id
    switch cell.options.execution {
    case .ignored, .compileOnly, .mustNotCompile: return
    case .mustStop:
      // Its names end with it, and among those the compiler keeps the order.
      var uses = NameUses(tree)
      uses.remove(CellFacts(cell.code).items.reduce(into: []) { $0.formUnion($1.declares) })
      append(uses) { .cell(id, offset: $0) }
    case .run:
      for item in tree.statements { read(item, of: cell) }
    }
  }

  private mutating func read(_ item: CodeBlockItemSyntax, of cell: Cell) {
    let id = cell.id
    guard case .decl(let declaration) = item.item else {
      var uses = NameUses(item)
      if case .stmt(let statement) = item.item, let guarded = statement.as(GuardStmtSyntax.self) {
        // What it binds is there for the rest of the program.
        let names = Set(guarded.conditions.flatMap { Self.names(boundBy: $0) })
        uses.remove(names)
        declare(names, at: Syntax(item), in: cell)
      }
      return append(uses) { .cell(id, offset: $0) }
    }
    switch declaration.as(DeclSyntaxEnum.self) {
    case .variableDecl(let variable):
      for binding in variable.bindings {
        let names = CellFacts.names(in: binding.pattern)
        let uses = binding.initializer.map { NameUses($0) }
        for name in names {
          waiting[name, default: []].formUnion(uses?.deferred ?? [])
          if let accessors = binding.accessorBlock {
            waiting[name]!.formUnion(NameUses(accessors, isDeferred: true).deferred)
          }
        }
        let isComputed = binding.initializer == nil && binding.accessorBlock != nil
        if !isComputed { declare(names, at: Syntax(binding), in: cell) }
        if let uses { append(uses) { .cell(id, offset: $0) } }
      }
    case .functionDecl(let function):
      waiting[function.name.text, default: []].formUnion(
        NameUses(function, isDeferred: true).deferred)
    case .structDecl(let type): read(type, type.inheritanceClause)
    case .classDecl(let type): read(type, type.inheritanceClause)
    case .enumDecl(let type): read(type, type.inheritanceClause)
    case .actorDecl(let type): read(type, type.inheritanceClause)
    default: hidden.formUnion(NameUses(declaration, isDeferred: true).deferred)
    }
  }

  /// A name in a type that inherits may be a member that another file gives it.
  private mutating func read(
    _ type: some NamedDeclSyntax, _ inheritance: InheritanceClauseSyntax?
  ) {
    let uses = NameUses(type, isDeferred: true).deferred
    if inheritance == nil {
      waiting[type.name.text, default: []].formUnion(uses)
    } else {
      hidden.formUnion(uses)
    }
  }

  private mutating func declare(_ names: Set<String>, at node: Syntax, in cell: Cell) {
    let before = cell.code.utf8.prefix(node.positionAfterSkippingLeadingTrivia.utf8Offset)
    let index = min(before.count { $0 == UInt8(ascii: "\n") }, cell.lines.count - 1)
    let line = cell.lines.isEmpty ? cell.range.start.line : cell.lines[index].line
    for name in names where declarations[name] == nil {
      declarations[name] = Declaration(cell: cell.id, line: line, order: steps.count)
    }
  }

  private static func names(boundBy condition: ConditionElementSyntax) -> Set<String> {
    guard case .optionalBinding(let binding) = condition.condition else { return [] }
    return CellFacts.names(in: binding.pattern)
  }

  // MARK: Judging

  private mutating func check(_ step: Step) {
    var told: Set<String> = []
    for (name, offset) in step.uses {
      guard let variable = variable(reachedBy: name, after: step.order),
        let declared = declarations[variable], told.insert(variable).inserted
      else { continue }
      found.append(
        Use(
          user: step.user(offset), variable: variable,
          through: variable == name ? nil : name, declared: declared))
    }
  }

  /// The first variable without a value that using `name` comes to.
  private func variable(reachedBy name: String, after order: Int) -> String? {
    var seen: Set<String> = [name]
    var queue = [name][...]
    while let next = queue.popFirst() {
      if let declared = declarations[next], declared.order > order { return next }
      for used in (waiting[next] ?? []).sorted() where seen.insert(used).inserted {
        queue.append(used)
      }
    }
    return nil
  }
}

extension EarlyUses.Use {
  /// As the author is told.
  func diagnostic(in chapter: Chapter) -> Diagnostic {
    let map = ProgramMap(chapter: chapter)
    switch user {
    case .inlineValue(let id, let offset):
      let value = chapter.inlineValues[id.index]
      var start = value.expressionRange.start
      start.column += offset
      let fence = chapter.cells[declared.cell.index].lastLine
      let used = through.map { "'\($0)', which uses '\(variable)'," } ?? "'\(variable)'"
      let what = through == nil ? "it" : "'\(variable)'"
      let rule =
        value.rangeInText == nil
        ? "values in sentences see the cells above them, so move the sentence below line \(fence)"
        : "values in captions see their own cell and those above it, so move the cell below line "
          + "\(fence)"
      return Diagnostic(
        .error, "inline-before-cell", at: range(start, in: chapter),
        "inline value uses \(used) before the cell that declares \(what) (line \(declared.line)); "
          + rule,
        excerpt: map.sourceLine(start.line))
    case .cell(let id, let offset):
      let start = chapter.cells[id.index].position(ofByte: offset)
      let summary =
        if let through {
          "'\(through)' uses '\(variable)' before the line that declares it (line "
            + "\(declared.line)); cells run from top to bottom, so use '\(through)' below that line"
        } else {
          "'\(variable)' is used before the line that declares it (line \(declared.line)); cells "
            + "run from top to bottom, so declare it above"
        }
      return Diagnostic(
        .error, "use-before-declaration", at: range(start, in: chapter), summary,
        excerpt: map.sourceLine(start.line))
    }
  }

  private func range(_ start: SourcePosition, in chapter: Chapter) -> SourceRange {
    let width = (through ?? variable).utf8.count
    return SourceRange(
      file: chapter.path, start: start,
      end: SourcePosition(line: start.line, column: start.column + width))
  }
}

extension Cell {
  /// That of the closing fence.
  fileprivate var lastLine: Int { range.end.column == 1 ? range.end.line - 1 : range.end.line }

  /// Where a byte of the code stands in the chapter.
  func position(ofByte offset: Int) -> SourcePosition {
    let before = Array(code.utf8.prefix(offset))
    let newline = UInt8(ascii: "\n")
    let index = min(before.count { $0 == newline }, max(0, lines.count - 1))
    let column = offset - (before.lastIndex(of: newline).map { $0 + 1 } ?? 0)
    guard lines.indices.contains(index) else { return range.start }
    return SourcePosition(line: lines[index].line, column: lines[index].column + column)
  }
}
