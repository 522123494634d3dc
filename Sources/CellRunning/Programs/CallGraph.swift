/// Which functions of a compiled program call which others, and use which variables of its top
/// level, read from the compiler's intermediate text (`-emit-sil -Xllvm -sil-print-debuginfo`).
///
/// The compiler knows what a member's name means, which no reading of the author's text can tell.
/// What is not understood is left out: the graph may lack calls, and has none that are not there.
struct CallGraph {
  struct Place: Hashable {
    var line: Int
    var column: Int
  }

  enum Event: Hashable {
    /// A call, also of a closure that is handed to a function which calls it or forgets it.
    case call(String, Place)
    case use(String)
    /// The variable gets its value after this.
    case declares(String, Place)
  }

  /// By symbol, in the order of the text.
  private(set) var bodies: [String: [Event]] = [:]
  /// What authors call functions and variables, by symbol: `Int.more(_:)`, `base`.
  private(set) var names: [String: String] = [:]
  /// Implementations of a class's methods, by `#Class.method`.
  private var methods: [String: Set<String>] = [:]

  /// - Parameter path: the chapter's, as `#sourceLocation` has it.
  init(_ text: some StringProtocol, path: String) {
    var name = ""
    var function: String?
    var reader = BodyReader(path: path)
    var isTable = false
    for line in text.split(separator: "\n") {
      if let current = function {
        if line.hasPrefix("}") {
          bodies[current] = reader.events
          function = nil
        } else {
          reader.read(line)
        }
      } else if line.hasPrefix("// ") {
        if !line.hasPrefix("// Isolation:") { name = Self.name(line.dropFirst(3)) }
      } else if line.hasPrefix("sil_vtable") {
        isTable = true
      } else if isTable, line.hasPrefix("  #"), let symbol = Self.symbol(in: line) {
        methods[Self.method(line.dropFirst(2)), default: []].insert(symbol)
      } else if line.hasPrefix("sil"), let symbol = Self.symbol(in: line) {
        names[symbol] = name
        isTable = false
        if line.hasPrefix("sil "), line.hasSuffix("{") {
          function = symbol
          reader = BodyReader(path: path)
        }
      }
    }
  }

  /// The function that `symbol` calls for sure; nil for a method that subclasses override.
  func implementation(of symbol: String) -> String? {
    guard symbol.hasPrefix("#") else { return symbol }
    guard let found = methods[symbol], found.count == 1 else { return nil }
    return found.first
  }

  /// `Int.more(_:)` of `Int.more(_:), loc "chapters/a.md":6:8, scope 21`.
  private static func name(_ comment: some StringProtocol) -> String {
    let end = [", loc ", ", scope "].compactMap { comment.ranges(of: $0).first?.lowerBound }.min()
    return String(comment[..<(end ?? comment.endIndex)])
  }

  fileprivate static func symbol(in text: some StringProtocol) -> String? {
    guard let mark = text.ranges(of: "@$").first else {
      return text.contains(" @main ") ? "main" : nil
    }
    return String(text[mark.lowerBound...].dropFirst().prefix { !" ,\t".contains($0) })
  }

  /// `#C.g` of `#C.g : (C) -> () -> Int, …`.
  fileprivate static func method(_ text: some StringProtocol) -> String {
    String(text.prefix { $0 != " " && $0 != ":" && $0 != "," })
  }
}

/// Reads one function's instructions.
private struct BodyReader {
  var path: String
  var events: [CallGraph.Event] = []
  /// The function that a value stands for, and where the author named it.
  private var functions: [Substring: (symbol: String, place: CallGraph.Place?)] = [:]

  init(path: String) { self.path = path }

  mutating func read(_ line: some StringProtocol) {
    let line = String(line.drop { $0 == " " })
    var rest = line[...]
    var result: Substring?
    if rest.hasPrefix("%"), let equals = rest.ranges(of: " = ").first {
      result = rest[..<equals.lowerBound]
      rest = rest[equals.upperBound...]
    }
    let instruction = rest.prefix { $0 != " " }
    switch instruction {
    case "function_ref":
      if let result, let symbol = CallGraph.symbol(in: rest) {
        functions[result] = (symbol, place(rest))
      }
    case "class_method":
      if let result, let mark = rest.firstIndex(of: "#") {
        functions[result] = (CallGraph.method(rest[mark...]), place(rest))
      }
    case "thin_to_thick_function", "convert_function", "partial_apply", "mark_dependence",
      "convert_escape_to_noescape":
      guard let result, let operand = operand(rest), let function = functions[operand] else {
        return
      }
      functions[result] = function
      // What does not escape is called by the function it is handed to, or never.
      if rest.contains(" to $@noescape ") || rest.contains(" [on_stack] ") {
        call(function.symbol, function.place ?? place(rest))
      }
    case "apply", "try_apply", "begin_apply":
      guard let operand = operand(rest), let function = functions[operand] else { return }
      call(function.symbol, function.place ?? place(rest))
    case "alloc_global":
      guard let symbol = CallGraph.symbol(in: rest), let place = place(rest) else { return }
      events.append(.declares(symbol, place))
    case "global_addr":
      if let symbol = CallGraph.symbol(in: rest) { events.append(.use(symbol)) }
    default: return
    }
  }

  private mutating func call(_ symbol: String, _ place: CallGraph.Place?) {
    events.append(.call(symbol, place ?? CallGraph.Place(line: 0, column: 0)))
  }

  /// The first value that an instruction is given.
  private func operand(_ text: Substring) -> Substring? {
    text.firstIndex(of: "%").map { text[$0...].prefix { $0 == "%" || $0.isNumber } }
  }

  /// `14:9` of `loc "chapters/a.md":14:9`; nil elsewhere than in the chapter.
  private func place(_ text: Substring) -> CallGraph.Place? {
    guard let found = text.ranges(of: "\"\(path)\":").last,
      text[..<found.lowerBound].contains("loc ")
    else { return nil }
    let numbers = text[found.upperBound...].prefix { $0.isNumber || $0 == ":" }.split(
      separator: ":")
    guard numbers.count == 2, let line = Int(numbers[0]), let column = Int(numbers[1]) else {
      return nil
    }
    return CallGraph.Place(line: line, column: column)
  }
}
