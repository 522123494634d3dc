import BookModel

/// Uses of variables above the line that gives them their values, through members: of extensions, and
/// of types that inherit. `EarlyUses` cannot see these, since only the compiler knows what a member's
/// name means; it says when they are possible.
struct HiddenEarlyUses {
  struct Use: Hashable {
    var place: CallGraph.Place
    var variable: String
    /// The member, as its author calls it: `Int.doubled`.
    var through: String
    /// Line of the declaration.
    var declared: Int
  }

  private(set) var found: [Use] = []
  private let graph: CallGraph
  private let runs: (CallGraph.Place) -> Bool
  private var declarations: [String: (order: Int, line: Int)] = [:]

  /// - Parameter runs: whether the code at a place of the chapter does more than compile.
  init(_ graph: CallGraph, runs: @escaping (CallGraph.Place) -> Bool) {
    self.graph = graph
    self.runs = runs
    let program = graph.bodies["main"] ?? []
    for (order, event) in program.enumerated() {
      if case .declares(let symbol, let place) = event {
        declarations[symbol] = (order, place.line)
      }
    }
    for (order, event) in program.enumerated() { check(event, order) }
  }

  private mutating func check(_ event: CallGraph.Event, _ order: Int) {
    guard case .call(let called, let place) = event, runs(place),
      let symbol = graph.implementation(of: called)
    else { return }
    let name = graph.names[symbol] ?? ""
    if name.hasPrefix("closure #") {
      for event in graph.bodies[symbol] ?? [] { check(event, order) }
      return
    }
    guard let variable = variable(reachedBy: symbol, order, place.line),
      let declared = declarations[variable]
    else { return }
    let use = Use(
      place: place, variable: graph.names[variable] ?? "", through: Self.presentable(name),
      declared: declared.line)
    if !found.contains(where: { $0.variable == use.variable && $0.through == use.through }) {
      found.append(use)
    }
  }

  /// The first variable without a value that calling `symbol` comes to. Above in the program is not
  /// enough, since a loop's end may stand above its beginning, nor is above in the chapter, since a
  /// caption's values are computed after its cell.
  private func variable(reachedBy symbol: String, _ order: Int, _ line: Int) -> String? {
    var seen: Set<String> = [symbol]
    var queue = [symbol][...]
    while let next = queue.popFirst() {
      for event in graph.bodies[next] ?? [] {
        switch event {
        case .use(let variable):
          if let declared = declarations[variable], declared.order > order, declared.line > line {
            return variable
          }
        case .call(let called, _):
          if let called = graph.implementation(of: called), seen.insert(called).inserted {
            queue.append(called)
          }
        case .declares: break
        }
      }
    }
    return nil
  }

  /// `Int.more` of `Int.more(_:)`, `Int.doubled` of `Int.doubled.getter`, `C.==` of
  /// `static C.== infix(_:_:)`.
  private static func presentable(_ name: String) -> String {
    var name = name[...]
    for word in ["specialized ", "static "] where name.hasPrefix(word) {
      name = name.dropFirst(word.count)
    }
    name = name.prefix { $0 != "(" && $0 != " " && $0 != "<" || name.first == $0 }
    for word in [".getter", ".setter", ".modify", ".read"] where name.hasSuffix(word) {
      name = name.dropLast(word.count)
    }
    return String(name)
  }
}
