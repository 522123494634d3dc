import BookModel

/// What an editor asks of the index.
extension BookIndex {
  /// All that can be referred to, by the names that references use, in the order of the book.
  package var allTargets: [(key: ReferenceTarget.Key, target: ReferenceTarget)] {
    targets.map { (key: $0.key, target: $0.value) }.sorted { a, b in
      (a.target.range.file, a.target.range.start.line, a.key.id)
        < (b.target.range.file, b.target.range.start.line, b.key.id)
    }
  }

  package func path(ofChapter slug: String) -> String? {
    outline(of: slug)?.path
  }

  package func title(ofChapter slug: String) -> String? { titles[slug] }

  /// The links and references that lead to a target, where they are written, and `cover` in `book.yml`.
  package func uses(of target: ReferenceTarget) -> [SourceRange] {
    let cover = settings.cover.flatMap { $0.value == target.id ? $0.range : nil }
    return (cover.map { [$0] } ?? [])
      + chapters.flatMap { chapter in
        chapter.links.filter { link in
          guard
            case .page(let slug, let anchor, _) = resolve(
              link.destination, slug: chapter.slug, path: chapter.path)
          else { return false }
          if target.anchor == nil {
            return slug == target.slug && anchor == nil
          }
          return slug == target.slug && anchor == target.anchor
        }.map(\.range)
      }
  }
}

extension ChapterOutline {
  /// Links and images as the author wrote them.
  package var writtenLinks: [(destination: String, range: SourceRange)] {
    links.map { (destination: $0.destination, range: $0.range) }
  }
}
