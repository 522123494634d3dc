import BookModel
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
  /// The same of code that is reached in other ways: extensions, and types that inherit. With the
  /// number of steps before it.
  private var hidden: [String: Int] = [:]
  private var steps: [Step] = []
  /// What the starter of the exercise read last declares.
  private var starterNames: Set<String> = []

  private struct Step {
    var order: Int
    var uses: [(name: String, offset: Int)]
    var user: (Int) -> Use.User
  }

  /// - Parameter cells: those of a scope that are compiled.
  init(_ cells: [ParsedCell], _ inlineValues: [ParsedInlineValue]) {
    var values = inlineValues[...]
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
    let used = waiting.values.reduce(Set(hidden.keys)) { $0.union($1) }
    return declarations.filter { $0.value.cell >= cell && used.contains($0.key) }
      .map { ($0.key, $0.value.line) }.sorted { ($0.line, $0.name) < ($1.line, $1.name) }
  }

  /// Whether a variable may be used early in a way that cannot be seen here: by code that is reached
  /// through members.
  var mayHideMore: Bool {
    hidden.contains { name, order in declarations[name].map { $0.order > order } ?? false }
  }

  // MARK: Reading

  private mutating func readValues(
    _ values: inout ArraySlice<ParsedInlineValue>, before next: Cell.ID?
  ) {
    while let value = values.first, next.map({ (value.after ?? Cell.ID(-1)) < $0 }) ?? true {
      values.removeFirst()
      let id = value.id
      append(NameUses(value.tree)) {
        .inlineValue(id, offset: $0)
      }
    }
  }

  private mutating func append(_ uses: NameUses, user: @escaping (Int) -> Use.User) {
    let sorted = uses.immediate.sorted { $0.value < $1.value }
    steps.append(
      Step(order: steps.count, uses: sorted.map { ($0.key, $0.value) }, user: user))
  }

  private mutating func read(_ cell: ParsedCell) {
    let id = cell.id
    switch cell.options.execution {
    case .ignored, .compileOnly, .mustNotCompile: return
    case .starter, .solution, .checks:
      // Names of the starter are those of the solution too, as far as checks use them.
      let own = cell.facts.items.reduce(into: Set<String>()) { $0.formUnion($1.declares) }
      if case .starter = cell.options.execution { starterNames = own }
      var uses = NameUses(cell.tree)
      uses.remove(own.union(starterNames))
      append(uses) { .cell(id, offset: $0) }
    case .mustStop:
      // Its names end with it, and among those the compiler keeps the order.
      var uses = NameUses(cell.tree)
      uses.remove(cell.facts.items.reduce(into: []) { $0.formUnion($1.declares) })
      append(uses) { .cell(id, offset: $0) }
    case .run:
      for item in cell.tree.statements { read(item, of: cell) }
    }
  }

  private mutating func read(_ item: CodeBlockItemSyntax, of cell: ParsedCell) {
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
    default: hide(NameUses(declaration, isDeferred: true).deferred)
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
      hide(uses)
    }
  }

  private mutating func hide(_ names: Set<String>) {
    for name in names where hidden[name] == nil { hidden[name] = steps.count }
  }

  private mutating func declare(_ names: Set<String>, at node: Syntax, in cell: ParsedCell) {
    let offset = node.positionAfterSkippingLeadingTrivia.utf8Offset
    let line = cell.cell.position(ofByte: offset).line
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
