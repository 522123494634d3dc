import BookModel
import HostSystem
import PageRendering

/// Debian's pandoc, whose citeproc formats citations and the list of works. One process for all
/// citations of a book.
package struct Pandoc: Sendable {
  package enum Failure: Error, Hashable, Sendable {
    case missing
    /// The file of works cannot be read: what pandoc says, and on which line.
    case malformed(String, line: Int?)
    case broken(String)
  }

  /// All that decides what comes out.
  package struct Request: Hashable, Sendable {
    /// Groups of citations, each once, in the order of the book.
    package var groups: [String]
    package var bibliography: Bibliography
    package var style: CitationStyle
    package var language: String

    package init(
      groups: [String], bibliography: Bibliography, style: CitationStyle, language: String
    ) {
      self.groups = groups
      self.bibliography = bibliography
      self.style = style
      self.language = language
    }
  }

  private let program: String?
  private let isConfined: Bool

  /// - Parameter isConfined: whether it runs in a sandbox, where this machine has one.
  package init(program: String? = Environment.program("pandoc"), isConfined: Bool = true) {
    self.program = program
    self.isConfined = isConfined
  }

  /// Changes with the program; nil where there is none.
  package var identity: String? {
    guard let program, let status = FileSystem.status(program) else { return nil }
    return "\(program) \(status.fingerprint)"
  }

  package func format(_ request: Request) async throws(Failure) -> CitedWorks {
    guard let program else { throw .missing }
    let said: ConfinedTool.Outcome
    do {
      said = try await ConfinedTool.answer(
        of: program, request.arguments, files: request.files,
        input: Array(request.text.utf8), isConfined: isConfined)
    } catch {
      throw .broken(error.reason)
    }
    if said.ending != .exited(0) { throw Self.failure(said.error) }
    guard
      let works = CitedWorks(
        html: String(decoding: said.output, as: UTF8.self), groups: request.groups)
    else { throw .broken("its answer is not what was asked for") }
    return works
  }

  /// From `Error reading bibliography file references.bib:` and lines that say where and what.
  private static func failure(_ error: [UInt8]) -> Failure {
    let lines = String(decoding: error, as: UTF8.self).split(separator: "\n").map(String.init)
    guard let first = lines.firstIndex(where: { $0.hasPrefix("Error reading bibliography") }) else {
      return .broken(lines.last ?? "no answer")
    }
    let place = lines[first...].lazy.compactMap { $0.firstMatch(of: /\(line (\d+), column \d+\)/) }
      .first
    let words = lines[(first + 1)...].filter { !$0.hasPrefix("(line ") }
    return .malformed(
      words.isEmpty ? "it cannot be read" : words.joined(separator: ", "),
      line: place.flatMap { Int($0.1) })
  }
}

extension Pandoc.Request {
  private static let listName = "works"

  fileprivate var files: [String: [UInt8]] {
    var files = ["\(Self.listName).\(bibliography.format.rawValue)": bibliography.bytes]
    switch style {
    case .authorYear: break
    case .numbered: files["style.csl"] = CitedWorks.numberedStyle
    case .file: files["style.csl"] = bibliography.styleFile ?? []
    }
    return files
  }

  /// What has a meaning within a citation has one, and nothing else: no markup of other languages, no
  /// files.
  fileprivate var arguments: [String] {
    let without = [
      "raw_html", "raw_tex", "raw_attribute", "native_spans", "tex_math_dollars", "example_lists",
      "yaml_metadata_block", "pandoc_title_block", "footnotes", "implicit_figures",
    ]
    return [
      "--sandbox", "--citeproc", "--wrap=none", "--to=html",
      "--from=markdown" + without.map { "-" + $0 }.joined(),
      "--metadata=link-citations:true", "--metadata=lang:\(language)",
      "--bibliography=\(Self.listName).\(bibliography.format.rawValue)",
    ] + (style == .authorYear ? [] : ["--csl=style.csl"])
  }

  /// Each group is a paragraph, with the list after the last.
  fileprivate var text: String { groups.joined(separator: "\n\n") + "\n\n::: {#refs}\n:::\n" }

  /// What a stored answer is known by.
  package func key(_ identity: String) -> String {
    var parts = [identity, language] + arguments + groups
    for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
      parts += [name, ContentHash.of(bytes)]
    }
    return ContentHash.of(
      parts.map { "\($0.utf8.count) \($0)" }.joined(separator: "\n").utf8.map(\.self))
  }
}
