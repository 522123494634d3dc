import BookModel
import Foundation
import Support
import Testing

/// The rules of `docs/design.md` that can be read off the sources.
@Suite struct DesignTests {
  /// A module and what the table lets it import.
  struct Row {
    var module: String
    var imports: Set<String>
  }

  static let standardLibrary: Set = ["Swift", "Synchronization"]
  static let system: Set = ["Foundation", "FoundationNetworking", "Glibc", "Darwin", "Dispatch"]

  func table() throws -> [Row] {
    try Repository.text(of: "docs/design.md").split(separator: "\n")
      .filter { $0.hasPrefix("| `") }
      .map { line in
        let cells = line.split(separator: "|", omittingEmptySubsequences: false)
        func names(_ cell: Substring) -> [String] {
          cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
        }
        return Row(module: names(cells[1])[0], imports: Set(names(cells[3])))
      }
  }

  @Test func everyModuleIsInTheTable() throws {
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: Repository.root.appending(path: "Sources").path)
    #expect(Set(try table().map(\.module)) == Set(folders), "the table of docs/design.md")
  }

  @Test func modulesImportWhatTheTableSays() throws {
    for row in try table() {
      let found = try imports(of: row.module).subtracting(Self.standardLibrary)
      let (more, less) = (found.subtracting(row.imports), row.imports.subtracting(found))
      #expect(
        more.isEmpty,
        "\(row.module) imports \(more.sorted()); may it, then the table of docs/design.md says so")
      #expect(
        less.isEmpty,
        "\(row.module) does not import \(less.sorted()); take it out of the table in docs/design.md"
      )
    }
  }

  @Test func thePackageDeclaresWhatIsImported() throws {
    let package = try Repository.text(of: "Package.swift")
    for row in try table() where !row.imports.isEmpty {
      // The products have the same names, and come first.
      let start = try #require(package.ranges(of: "name: \"\(row.module)\",").last?.upperBound)
      let rest = package[start...]
      let target = rest[..<(rest.range(of: "arget(")?.lowerBound ?? rest.endIndex)]
      for name in row.imports.subtracting(Self.system) {
        #expect(
          target.contains("\"\(name)\""), "\(row.module) imports \(name), Package.swift hides it")
      }
    }
  }

  private func imports(of module: String) throws -> Set<String> {
    var names: Set<String> = []
    for path in Repository.files(below: "Sources/" + module, endings: [".swift"]) {
      for line in try Repository.text(of: path).split(separator: "\n") {
        // Deeper in stands the text of programs, which import what cells do.
        if line.prefix(while: { $0 == " " }).count > 4 { continue }
        let words = line.split(separator: " ")
        guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
          words[..<place].allSatisfy({
            $0.hasPrefix("@") || ["internal", "package", "public", "private"].contains($0)
          })
        else { continue }
        let kinds = ["struct", "class", "enum", "func", "protocol", "var", "let", "typealias"]
        let name = kinds.contains(String(words[place + 1])) ? place + 2 : place + 1
        names.insert(String(words[name].prefix { $0 != "." }))
      }
    }
    return names
  }

  /// Two files own angle brackets, one of the builder and one of what cells import; everywhere else
  /// markup is made of elements.
  @Test func noOtherFileWritesMarkup() throws {
    let owners = ["Sources/PageRendering/HTML.swift", "Sources/Notebook/Drawing/Markup.swift"]
    let files = Repository.files(below: "Sources", endings: [".swift"])
    #expect(owners.allSatisfy(files.contains))
    // What only reads markup, or speaks of it to an author.
    let readers: Set = [
      "Sources/BookEditing/Features/Hover.swift", "Sources/BookEditing/Text/ScanReading.swift",
      "Sources/BookModel/Messages/MessageGroup+Reading.swift",
      "Sources/ChapterParsing/Fence.swift", "Sources/ChapterParsing/ForeignLines.swift",
      "Sources/ChapterParsing/ForeignMarks.swift",
      "Sources/ChapterParsing/ForeignMarks+Text.swift",
      "Sources/ChapterParsing/FrontMatterParser.swift",
      "Sources/ChapterParsing/IncludedFiles.swift",
      "Sources/HostSystem/Processes/ChildProcess+Starting.swift",
      "Sources/PageRendering/FormulaMarkup.swift",
    ]
    for path in files where !owners.contains(path) && !readers.contains(path) {
      for literal in Self.literals(in: Array(try Repository.text(of: path).utf8)) {
        let text = String(decoding: literal, as: UTF8.self)
        let isMarkup =
          text.contains("&lt;") || text.lowercased().contains("\\u{3c}")
          || zip(literal, literal.dropFirst()).contains { first, second in
            first == UInt8(ascii: "<")
              && (second | 0x20 >= UInt8(ascii: "a") && second | 0x20 <= UInt8(ascii: "z")
                || second == UInt8(ascii: "/") || second == UInt8(ascii: "!"))
          }
        #expect(!isMarkup, "\(path) writes markup by hand: \(text)")
      }
    }
  }

  /// What stands between quotation marks, without what is put in by `\(…)`; of comments nothing.
  private static func literals(in swift: [UInt8]) -> [[UInt8]] {
    let (quote, backslash, newline) = (UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "\n"))
    var found: [[UInt8]] = []
    var place = 0
    func starts(_ text: String) -> Bool { swift[place...].starts(with: text.utf8) }
    while place < swift.count {
      if starts("//") {
        while place < swift.count, swift[place] != newline { place += 1 }
      } else if swift[place] == quote {
        let marks = starts("\"\"\"") ? 3 : 1
        place += marks
        var literal: [UInt8] = []
        while place < swift.count, !(marks == 3 ? starts("\"\"\"") : swift[place] == quote) {
          if starts("\\(") {
            // As deep as its parentheses; a literal inside of it is not looked into.
            var depth = 0
            repeat {
              if swift[place] == UInt8(ascii: "(") { depth += 1 }
              if swift[place] == UInt8(ascii: ")") { depth -= 1 }
              place += 1
            } while place < swift.count && (depth > 0 || swift[place - 1] == backslash)
          } else if swift[place] == backslash, place + 1 < swift.count {
            literal += swift[place...(place + 1)]
            place += 2
          } else {
            literal.append(swift[place])
            place += 1
          }
        }
        place += marks
        found.append(literal)
      } else {
        place += 1
      }
    }
    return found
  }

  /// The kinds of records are listed once for each side that cannot import another's list.
  @Test func allSidesListTheSameRecords() throws {
    let kinds = RecordKind.allCases.map(\.rawValue)
    let engine = try Repository.text(of: "Sources/Notebook/Channel/RecordKind.swift")
    for (number, kind) in kinds.enumerated() {
      #expect(engine.contains("case \(kind) = \(number)\n"), "Notebook's number of '\(kind)'")
      #expect(engine.contains("case .\(kind): \"\(kind)\"\n"), "Notebook's word for '\(kind)'")
    }
    #expect(engine.split(separator: "\n").count { $0.hasPrefix("  case ") } == kinds.count)
    let runtime = try Repository.text(of: "Sources/NeuralNetKernels/wasm_runtime.c")
    #expect(runtime.contains("console_record = \(RecordKind.console.number) "))
    let lists = try Repository.files(below: "Sources/PageRendering/Theme", endings: [".js"])
      .flatMap { try Repository.text(of: $0).split(separator: "\n") }
      .filter { $0.contains("const kinds = [") }
    #expect(lists.count == 1, "the page's host lists the kinds once")
    for list in lists {
      let words = list.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 1 }.map { String($0.element) }
      let native = [RecordKind.leaves, .check, .at, .baked].map(\.rawValue)
      #expect(words == kinds.filter { !native.contains($0) })
    }
  }
}
