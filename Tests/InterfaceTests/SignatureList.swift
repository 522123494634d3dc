/// The signatures of a public interface as a list to look things up in, one block of code for each
/// folder of the sources.
struct SignatureList {
  private var folders: [(name: String, declarations: [PublicDeclaration])] = []

  static let width = 100

  init(_ interface: PublicInterface) {
    let errors = Set(
      interface.declarations.filter { $0.kind == .type && $0.signature.contains("Error") }
        .map(\.fullName))
    for declaration in interface.declarations where !declaration.isWitness {
      // Which mistakes there can be says `docs/messages.md`.
      if errors.contains(declaration.scope.joined(separator: ".")) { continue }
      // A module for the browser writes out what Swift does by itself; cells say it alike.
      if declaration.isForBrowsers { continue }
      let parts = declaration.place.split(separator: "/")
      let name = parts[1...min(2, parts.count - 2)].joined(separator: ": ")
      if folders.last?.name != name { folders.append((name, [])) }
      folders[folders.count - 1].declarations.append(declaration)
    }
  }

  var text: String {
    folders.map { folder in
      "## \(folder.name)\n\n```swift ignore\n\(Self.block(folder.declarations))```\n"
    }.joined(separator: "\n")
  }

  private static func block(_ declarations: [PublicDeclaration]) -> String {
    var lines: [String] = []
    /// What the lines stand in: a type, or an extension of one; empty for functions.
    var header: [String]?
    for declaration in declarations {
      let scope = declaration.scope
      if scope.isEmpty {
        if declaration.kind == .type || header != [] { lines.append("") }
        header = declaration.kind == .type ? [declaration.name] : []
      } else if header?.isEmpty != false || header.map(scope.starts) == false {
        lines += ["", "extension " + scope.joined(separator: ".")]
        header = scope
      }
      if scope.isEmpty, declaration.kind == .type {
        lines += describe(declaration)
      } else {
        let depth = scope.isEmpty ? 0 : scope.count - (header ?? []).count + 1
        lines += member(declaration, indent: String(repeating: "  ", count: depth))
      }
    }
    return lines.dropFirst().map { $0 + "\n" }.joined()
  }

  /// A type with what it is; of a layer also the rows that all layers have.
  private static func describe(_ type: PublicDeclaration) -> [String] {
    var comments = [type.summary]
    let rows =
      type.documentation.drop { !$0.hasPrefix("- Shape:") }
      .split { $0.hasPrefix("- Gradient:") }.first ?? []
    var row = ""
    for line in rows {
      if line.hasPrefix("- ") {
        if !row.isEmpty { comments.append(row) }
        row = String(line.dropFirst(2))
      } else {
        row += " " + line.drop { $0 == " " }
      }
    }
    if !row.isEmpty { comments.append(row) }
    return comments.flatMap { wrapped($0, first: "// ", rest: "//   ") }
      + wrappedSignature(type, indent: "")
  }

  private static func member(_ declaration: PublicDeclaration, indent: String) -> [String] {
    let line = indent + declaration.signature
    let summary = declaration.summary
    if summary.isEmpty { return wrappedSignature(declaration, indent: indent) }
    if line.count + summary.count + 5 <= width { return [line + "  // " + summary] }
    return wrapped(summary, first: indent + "// ", rest: indent + "//   ")
      + wrappedSignature(declaration, indent: indent)
  }

  private static func wrappedSignature(_ declaration: PublicDeclaration, indent: String)
    -> [String]
  {
    // A parameter stays on one line where it can.
    var parts = [""]
    var depth = 0
    for character in declaration.signature {
      if "([{".contains(character) { depth += 1 }
      if ")]}".contains(character) { depth -= 1 }
      if character == " ", depth == 1, parts[parts.count - 1].last == "," {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    let fits = parts.allSatisfy { $0.count < width - indent.count - 2 }
    return wrapped(
      fits ? parts : declaration.signature.split(separator: " ").map(String.init),
      first: indent, rest: indent + "  ")
  }

  private static func wrapped(_ text: String, first: String, rest: String) -> [String] {
    wrapped(text.split(separator: " ").map(String.init), first: first, rest: rest)
  }

  private static func wrapped(_ words: [String], first: String, rest: String) -> [String] {
    var lines: [String] = []
    var line = first
    var isEmpty = true
    for word in words {
      if !isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        (line, isEmpty) = (rest, true)
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    return lines + [line]
  }
}
