import BookModel

/// Says of a name that the compiler does not find where the book declares it: each chapter is a program
/// of its own, and some cells of it are not part of that program.
struct NamesOfOtherChapters {
  private let chapters: [Chapter]

  init(_ chapters: [Chapter]) { self.chapters = chapters }

  func explained(_ diagnostic: Diagnostic) -> Diagnostic {
    guard diagnostic.id == .swiftError, let file = diagnostic.range?.file,
      let found = diagnostic.summary.firstMatch(of: /cannot find (?:type )?'(\w+)' in scope/),
      let note = note(on: String(found.1), in: file)
    else { return diagnostic }
    var diagnostic = diagnostic
    diagnostic.notes.append(note)
    return diagnostic
  }

  private func note(on name: String, in file: String) -> Diagnostic.Note? {
    let own = chapters.filter { $0.path == file }
    for chapter in own + chapters.filter({ $0.path != file }) {
      for cell in chapter.cells {
        guard let place = cell.declaration(of: name) else { continue }
        let range = SourceRange(file: chapter.path, start: place)
        if chapter.path != file {
          return .init(
            "'\(name)' is declared in another chapter, and each chapter is a program of its own",
            range: range)
        }
        switch cell.options.execution {
        case .run: continue
        case .starter, .solution, .checks:
          return .init(
            "'\(name)' is declared in a cell of an exercise, whose names end with it", range: range)
        case .compileOnly, .ignored, .mustNotCompile, .mustStop:
          return .init(
            "'\(name)' is declared in a cell whose names no other cell sees, since it does not run to "
              + "its end", range: range)
        }
      }
    }
    return nil
  }
}

extension Cell {
  fileprivate func declaration(of name: String) -> SourcePosition? {
    for (text, place) in zip(code.split(separator: "\n", omittingEmptySubsequences: false), lines) {
      // Names of the top level stand at the beginning of their line.
      guard
        let found = text.prefixMatch(
          of: /(?:let|var|func|struct|class|enum|actor|protocol|typealias)\s+(\w+)/),
        found.1 == name
      else { continue }
      return place
    }
    return nil
  }
}
