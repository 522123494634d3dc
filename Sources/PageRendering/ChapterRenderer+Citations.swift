import BookModel
import Markdown

extension ChapterRenderer {
  /// Puts the words of the processor in the place of citations.
  ///
  /// - Parameter isText: whether the document is the chapter's own text, to which the list leads back.
  func fillCitations(_ document: MarkdownDocument, isText: Bool = false) {
    guard !works.groups.isEmpty else { return }
    let citations = document.citations
    var number = 0
    document.replace(citations) { citation in
      if isText { number += 1 }
      return CitationMarkup(works: works, page: index.listPage(from: chapter.slug, ending: ".html"))
        .html(of: citation.group, id: isText ? CitationMarkup.id(number) : nil)?.rendered
    }
  }

  /// Puts the list of works under its heading, or at the chapter's end.
  ///
  /// - Returns: the heading that was added.
  func addReferences(
    to document: MarkdownDocument, headings: [NumberedHeading]
  ) -> PageTemplate.Section? {
    guard !works.entries.isEmpty else { return nil }
    let list = ReferenceList(index: index, works: works)
    if let slug = index.listSlug {
      guard slug == chapter.slug,
        let heading = headings.first(where: { $0.anchor == BookIndex.listName })
      else { return nil }
      heading.node.insertAfter([.html(list.ofBook(on: slug, ending: ".html").rendered)])
      return nil
    }
    guard let section = list.section(of: chapter.slug) else { return nil }
    // Footnotes stand after everything.
    let last = document.root.children.reversed().first {
      if case .footnoteDefinition = $0.kind { false } else { true }
    }
    if let last {
      last.insertAfter([.html(section.rendered)])
    } else {
      document.root.append([.html(section.rendered)])
    }
    return PageTemplate.Section(
      anchor: ReferenceList.anchor, title: .text(index.words["references"]))
  }
}
