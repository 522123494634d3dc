// What was read of a part of a chapter, put where the part stands. Lines of files that fences show are
// no lines of the chapter, and stay.

extension SourcePosition {
  package func moved(by lines: Int) -> SourcePosition {
    Inclusion.line(line) == nil ? SourcePosition(line: line + lines, column: column) : self
  }
}

extension SourceRange {
  package func moved(by lines: Int) -> SourceRange {
    SourceRange(file: file, start: start.moved(by: lines), end: end.moved(by: lines))
  }
}

extension Located {
  package func moved(by lines: Int) -> Located { Located(value, at: range.moved(by: lines)) }
}

extension Diagnostic {
  package func moved(by lines: Int) -> Diagnostic {
    var moved = self
    moved.range = range?.moved(by: lines)
    for index in notes.indices { moved.notes[index].range = notes[index].range?.moved(by: lines) }
    return moved
  }
}

extension Cell {
  package func moved(by count: Int) -> Cell {
    var moved = self
    moved.lines = lines.map { $0.moved(by: count) }
    moved.options = options.moved(by: count)
    moved.range = range.moved(by: count)
    moved.infoRange = infoRange.moved(by: count)
    moved.expectedOutput?.range = expectedOutput!.range.moved(by: count)
    return moved
  }
}

extension CellOptions {
  fileprivate func moved(by lines: Int) -> CellOptions {
    var moved = self
    moved.id = id?.moved(by: lines)
    moved.caption = caption?.moved(by: lines)
    moved.alternativeText = alternativeText?.moved(by: lines)
    switch execution {
    case .mustNotCompile(let text):
      moved.execution = .mustNotCompile(expecting: text?.moved(by: lines))
    case .mustStop(let text, let timeout):
      moved.execution = .mustStop(expecting: text?.moved(by: lines), timeout: timeout)
    case .run, .compileOnly, .ignored, .starter, .solution, .checks: break
    }
    if case .predicted(let question) = output {
      moved.output = .predicted(question: question.moved(by: lines))
    }
    return moved
  }
}

extension InlineValue {
  package func moved(by lines: Int) -> InlineValue {
    var moved = self
    moved.range = range.moved(by: lines)
    moved.expressionRange = expressionRange.moved(by: lines)
    return moved
  }
}

extension Heading {
  package func moved(by lines: Int) -> Heading {
    var moved = self
    moved.range = range.moved(by: lines)
    moved.name = name?.moved(by: lines)
    return moved
  }
}

extension Inclusion {
  package func moved(by lines: Int) -> Inclusion {
    var moved = self
    moved.fenceLine += lines
    return moved
  }
}

extension LineNotes {
  package func moved(by lines: Int) -> LineNotes {
    LineNotes(fenceLine: fenceLine + lines, listLine: listLine + lines, marks: marks)
  }
}
