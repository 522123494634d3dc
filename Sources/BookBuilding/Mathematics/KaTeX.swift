import BookModel
import Foundation
import HostSystem
import PageRendering

/// Debian's KaTeX under node: TeX in, MathML out. One process for all formulas of a build that the
/// store does not have yet.
package struct KaTeX: Sendable {
  package enum Answer: Hashable, Sendable {
    case mathML(String)
    /// What KaTeX says, and where in the TeX, in UTF-16 units from 0.
    case mistake(String, offset: Int?)
  }

  package enum Failure: Error, Hashable, Sendable {
    /// node or KaTeX is not installed.
    case missing(String)
    /// It is, and does not work.
    case broken(String)
  }

  /// The folder that holds the `katex` package, or nil.
  private let library: String?
  private let macros: [String: String]
  private let isConfined: Bool
  private let node = Environment.node

  /// - Parameters:
  ///   - macros: of the book, such as `\R` and what it stands for.
  ///   - libraries: folders to look for the `katex` package in, first hit wins.
  ///   - isConfined: whether it runs in a sandbox, where this machine has one.
  package init(
    macros: [String: String] = [:], libraries: [String] = KaTeX.usualLibraries(),
    isConfined: Bool = true
  ) {
    self.macros = macros
    self.isConfined = isConfined
    library = libraries.first { FileSystem.kind(of: $0 + "/katex/package.json") == .file }
  }

  /// `NODE_PATH`, then where Debian and npm install.
  package static func usualLibraries() -> [String] {
    let variable = Environment.value("NODE_PATH") ?? ""
    return variable.split(separator: ":").map(String.init) + [
      "/usr/share/nodejs", "/usr/lib/node_modules", "/usr/local/lib/node_modules",
    ]
  }

  /// Changes with the version of KaTeX, with what is made of its answers and with the macros; nil where there
  /// is none.
  package var identity: String? {
    guard let library, let bytes = try? FileSystem.read(library + "/katex/package.json") else {
      return nil
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard let line = lines.first(where: { $0.contains("\"version\"") }) else { return nil }
    let definitions = macros.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
    return line.filter { $0.isNumber || $0 == "." } + " \(Self.scriptDigest)"
      + (definitions.isEmpty ? "" : " with \(ContentHash.of(Array("\(definitions)".utf8)))")
  }

  private static let scriptDigest = ContentHash.of(script).prefix(16)

  /// One answer for each formula, in order.
  package func typeset(_ formulas: [Formula]) async throws(Failure) -> [Answer] {
    guard let library else { throw .missing("katex") }
    guard let node else { throw .missing("nodejs") }
    let input: [UInt8]
    do {
      input = Array(
        try JSONEncoder().encode(
          Request(macros: macros, formulas: formulas.map(Request.Piece.init))))
    } catch {
      throw .broken("\(error)")
    }
    let said: ConfinedTool.Outcome
    do {
      said = try await ConfinedTool.answer(
        of: node, ["-e", Self.script], readable: [library],
        environment: ["NODE_PATH": library], input: input, isConfined: isConfined)
    } catch {
      throw .broken(error.reason)
    }
    let replies: [Reply]
    do {
      replies = try JSONDecoder().decode([Reply].self, from: Data(said.output))
    } catch {
      let lines = String(decoding: said.error, as: UTF8.self).split(separator: "\n")
      throw .broken(String(lines.first { $0.contains("Error") } ?? lines.last ?? "no answer"))
    }
    return replies.map { reply in
      reply.mathML.map(Answer.mathML) ?? .mistake(reply.mistake ?? "", offset: reply.offset)
    }
  }

  private struct Request: Encodable {
    struct Piece: Encodable {
      var tex: String
      var isDisplay: Bool

      init(_ formula: Formula) {
        tex = formula.tex
        isDisplay = formula.isDisplay
      }
    }

    var macros: [String: String]
    var formulas: [Piece]
  }

  private struct Reply: Decodable {
    var mathML: String?
    var mistake: String?
    var offset: Int?
  }

}
