import BookModel

/// Makes a chapter of what was read of its text, stretch by stretch.
struct ChapterAssembly {
  var path: String
  var frontMatter: FrontMatter
  /// After the front matter.
  var markdown: String
  var firstLine: Int

  /// - Parameters:
  ///   - parts: in the order of the text, each in its place.
  ///   - problems: those of the front matter, and then all.
  func chapter(of parts: [ReadText], _ problems: inout Problems) -> Chapter {
    var chapter = Chapter(
      path: path, slug: slug, frontMatter: frontMatter, markdown: markdown, firstLine: firstLine,
      cells: [], inlineValues: [], headings: [])
    var names = NameTable()
    var anchors = AnchorMaker()
    for part in parts {
      problems.inclusions += part.inclusions
      merge(part, &names, &problems)
      chapter.cells += part.cells
      chapter.inlineValues += part.inlineValues
      chapter.lineNotes += part.lineNotes
      for (heading, slug) in zip(part.headings, part.slugs) {
        var heading = heading
        if let name = heading.name?.value { anchors.reserve(name) }
        heading.anchor = heading.name?.value ?? anchors.anchor(for: slug)
        chapter.headings.append(heading)
      }
    }
    chapter.lineNotes.sort { $0.fenceLine < $1.fenceLine }
    number(&chapter)
    chapter.checkExercises(&problems)
    names.check(cells: chapter.cells, headings: chapter.headings, &problems)
    if chapter.frontMatter.title.isEmpty {
      titleFromHeading(&chapter.frontMatter, chapter.headings, &problems)
    }
    // Those of footnotes are read last.
    chapter.inclusions = problems.inclusions.sorted { $0.fenceLine < $1.fenceLine }
    return chapter
  }

  /// Messages about names come in between others, as the names do.
  private func merge(_ part: ReadText, _ names: inout NameTable, _ problems: inout Problems) {
    var told = 0
    for name in part.names {
      while told < min(name.problemsBefore, part.problems.count) {
        problems.add(part.problems[told])
        told += 1
      }
      names.add(name.name, of: name.owner, &problems)
    }
    for problem in part.problems[told...] { problems.add(problem) }
  }

  private func number(_ chapter: inout Chapter) {
    // Footnotes stand at the end of the tree, wherever the author wrote them.
    chapter.cells.sort { $0.range.start < $1.range.start }
    for index in chapter.cells.indices { chapter.cells[index].id = Cell.ID(index) }
    chapter.inlineValues.sort { $0.range.start < $1.range.start }
    var before = 0
    for index in chapter.inlineValues.indices {
      let start = chapter.inlineValues[index].range.start
      while before < chapter.cells.count, chapter.cells[before].range.start < start { before += 1 }
      chapter.inlineValues[index].id = InlineValue.ID(index)
      chapter.inlineValues[index].after = before == 0 ? nil : Cell.ID(before - 1)
    }
  }

  private func titleFromHeading(
    _ matter: inout FrontMatter, _ headings: [Heading], _ problems: inout Problems
  ) {
    if let heading = headings.first(where: { $0.level == 1 }), !heading.text.isEmpty {
      matter.title = heading.text
      matter.titleMarkdown = heading.markdown
      matter.titleRange = heading.range
      matter.id = matter.id ?? heading.name
    } else if problems.found.isEmpty {
      problems.add(
        .missingTitle, at: SourceRange(file: path, line: 1),
        "chapter has no title; write 'title: …' in its front matter or begin it with '# …'")
    }
  }

  private var slug: String {
    let name = path.split(separator: "/").last ?? ""
    return String(name.hasSuffix(".md") ? name.dropLast(3) : name)
  }
}

extension Chapter {
  /// Messages in the order of the text, each in the file that its author has to look at.
  func told(_ problems: Problems) -> [Diagnostic] {
    problems.found.sorted { ($0.range?.start).isBefore($1.range?.start) }.map(placed)
  }
}

extension Optional<SourcePosition> {
  fileprivate func isBefore(_ other: SourcePosition?) -> Bool {
    guard let self else { return other != nil }
    guard let other else { return false }
    return self < other
  }
}
