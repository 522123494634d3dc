import BookModel
import HostSystem

/// Everything that can change what a chapter's cells give, and nothing else: the cells with the
/// options that affect running, the data files they may read, the engine, the compiler and its
/// flags. Prose, positions and display options are not part of it.
struct CacheKey: Hashable, Sendable {
  /// Names and digests, in the order of the chapter.
  private(set) var parts: [Part]

  struct Part: Hashable, Sendable {
    enum Subject: Hashable, Sendable {
      case engine, compiler, flags, live
      /// The number counts cells from 0.
      case cell(Int)
      case inlineValue(Int)
      case dataFile(String)
    }

    var subject: Subject
    var digest: String
  }

  init(
    _ chapter: Chapter, data: [DataFile], digests: DataDigests, engine: String, compiler: String,
    live: String? = nil
  ) {
    parts = [
      Part(subject: .engine, digest: engine),
      Part(subject: .compiler, digest: ContentHash.of(compiler)),
      Part(
        subject: .flags,
        digest: ContentHash.of(
          "form 2", (SwiftCompiler.flags + SwiftCompiler.linkFlags).joined(separator: " "))),
    ]
    if let live { parts.append(Part(subject: .live, digest: ContentHash.of(live))) }
    for cell in chapter.cells {
      if cell.options.execution == .ignored {
        // Its text is not read, but it has a place among the results.
        parts.append(Part(subject: .cell(cell.id.index), digest: ContentHash.of("ignore")))
        continue
      }
      let options =
        "\(cell.options.execution.keyText) \(cell.options.resetsScope) \(cell.timeout)"
      parts.append(
        Part(
          subject: .cell(cell.id.index),
          digest: ContentHash.of(options, cell.code, cell.readPosition(in: chapter))))
    }
    for value in chapter.inlineValues {
      parts.append(
        Part(
          subject: .inlineValue(value.id.index),
          digest: ContentHash.of(
            value.expression, value.format.program, "\(value.after?.index ?? -1)",
            value.isLive ? "live" : "")))
    }
    for file in data {
      parts.append(Part(subject: .dataFile(file.name), digest: digests.digest(of: file)))
    }
  }

  init(parts: [Part]) { self.parts = parts }

  var text: String {
    var hash = ContentHash()
    for part in parts {
      if case .dataFile(let name) = part.subject { hash.add(name) }
      hash.add(part.digest)
    }
    return hash.digest()
  }
}

extension Cell {
  /// Empty but for code that can read its own place, which then is part of what it gives.
  fileprivate func readPosition(in chapter: Chapter) -> String {
    guard code.utf8.contains(UInt8(ascii: "#")) else { return "" }
    let words = ["#line", "#column", "#file", "#sourceLocation", "#dsohandle"]
    guard words.contains(where: { code.contains($0) }) else { return "" }
    return "\(Path.name(of: chapter.path)):\(codeStart.line):\(codeStart.column)"
  }
}

extension CellOptions.Execution {
  /// What of it changes the program; not what is compared with afterwards.
  fileprivate var keyText: String {
    switch self {
    case .run(let run):
      (run.isLive ? "live" : "run") + (run.keptOutput.map { " cut \($0)" } ?? "")
    case .compileOnly: "no-run"
    case .ignored: "ignore"
    case .mustNotCompile: "fail"
    case .mustStop: "crash"
    case .starter: "exercise"
    case .solution: "solution"
    case .checks: "checks"
    }
  }
}
