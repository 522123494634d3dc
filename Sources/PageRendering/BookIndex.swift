import BookModel

/// The whole book's numbers and names: what each reference and link leads to.
package struct BookIndex: Sendable {
  package let settings: BookSettings
  /// In the order of reading; the first is chapter 1.
  package let chapters: [ChapterOutline]
  /// References and links that lead nowhere, and the like.
  package private(set) var diagnostics: [Diagnostic] = []
  /// Files of the author's that pages show or link to, each once, in the order of the book.
  package private(set) var localFiles: [LocalFile] = []

  private var targets: [ReferenceTarget.Key: ReferenceTarget] = [:]
  private var numbers: [String: Int] = [:]
  private var pagesByPath: [String: String] = [:]
  private var titles: [String: String] = [:]

  package init(_ book: Book) {
    self.init(settings: book.settings, chapters: book.chapters.map(ChapterOutline.init))
  }

  /// - Precondition: slugs differ.
  package init(settings: BookSettings, chapters: [ChapterOutline]) {
    self.settings = settings
    self.chapters = chapters
    for (place, chapter) in chapters.enumerated() {
      numbers[chapter.slug] = place + 1
      titles[chapter.slug] = chapter.title
      pagesByPath[chapter.path] = chapter.slug
    }
    for chapter in chapters { collectTargets(of: chapter) }
    var seen: Set<String> = []
    for chapter in chapters {
      diagnostics += chapter.diagnostics
      for link in chapter.links { check(link, in: chapter, seen: &seen) }
    }
  }

  package func number(ofChapter slug: String) -> Int? { numbers[slug] }

  /// A target on the page `slug`, or one anywhere whose id is unique in the book.
  package func target(_ id: String, from slug: String) -> ReferenceTarget? {
    targets[ReferenceTarget.Key(id: id, slug: slug)] ?? targets[ReferenceTarget.Key(id: id)]
  }
}

extension ReferenceTarget {
  /// Sections and places belong to their page; numbered things to the book, where `slug` is nil.
  struct Key: Hashable {
    var id: String
    var slug: String?
  }
}

// MARK: - Numbers

extension BookIndex {
  private mutating func collectTargets(of chapter: ChapterOutline) {
    let number = numbers[chapter.slug] ?? 0
    for var target in chapter.targets {
      target.number = target.number.map { $0.isEmpty ? "\(number)" : "\(number).\($0)" }
      if target.kind == .place || target.kind == .section {
        let key = ReferenceTarget.Key(id: target.id, slug: target.slug)
        if targets[key] == nil { targets[key] = target }
        continue
      }
      let key = ReferenceTarget.Key(id: target.id)
      if let first = targets[key] {
        diagnostics.append(
          Diagnostic(
            .error, "duplicate-id", at: target.range,
            "id '\(target.id)' is taken; each id names one thing in the whole book",
            notes: [Diagnostic.Note("first used here", range: first.range)]))
      } else {
        targets[key] = target
      }
    }
  }
}

// MARK: - Links

extension BookIndex {
  enum Resolution: Equatable {
    /// Leaves the site, or is none of the book's business.
    case external
    /// Another page or a place on one; `label` is what stands in for a missing text.
    case page(href: String, label: String?)
    case file(path: String, destination: String)
    case unknown(summary: String, id: String)
  }

  /// Where a link written in the chapter `slug` at `path` leads.
  func resolve(_ destination: String, slug: String, path: String) -> Resolution {
    if destination.isEmpty {
      return .unknown(
        summary: "link has no destination; it leads to '#id', 'other.md' or an address",
        id: "unknown-link")
    }
    if Self.isExternal(destination) { return .external }
    let parts = destination.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let file = String(parts[0].prefix { $0 != "?" })
    let anchor = parts.count > 1 ? String(parts[1]) : nil
    if file.isEmpty { return resolve(anchor: anchor ?? "", from: slug) }
    guard let joined = Self.join(folder: Self.folder(of: path), decoded(file)) else {
      return .unknown(
        summary:
          "link '\(destination)' leads out of the book's folder; pages link to what is in it",
        id: "unknown-link")
    }
    if let target = pagesByPath[joined.path] {
      return resolve(anchor: anchor, onPage: target, written: destination)
    }
    if file.hasSuffix(".md") {
      let names = pagesByPath.keys.sorted().map { Self.relative($0, to: Self.folder(of: path)) }
      return .unknown(
        summary: "link '\(destination)' leads to no chapter" + suggestion(for: file, in: names),
        id: "unknown-link")
    }
    return .file(path: joined.path, destination: joined.destination)
  }

  private func resolve(anchor: String, from slug: String) -> Resolution {
    if let target = target(decoded(anchor), from: slug) {
      let href = target.slug == slug && target.anchor != nil ? "" : "\(target.slug).html"
      return .page(href: href + (target.anchor.map { "#\($0)" } ?? ""), label: target.label)
    }
    let ids = targets.keys.filter { $0.slug == nil || $0.slug == slug }.map(\.id).sorted()
    return .unknown(
      summary: "reference '#\(anchor)' names nothing in the book"
        + suggestion(for: anchor, in: ids), id: "unknown-reference")
  }

  private func resolve(anchor: String?, onPage page: String, written: String) -> Resolution {
    guard let anchor, !anchor.isEmpty else {
      let label = titles[page].map { "Chapter \(numbers[page] ?? 0), \($0)" }
      return .page(href: "\(page).html", label: label)
    }
    let id = decoded(anchor)
    if let target = target(id, from: page), target.slug == page {
      return .page(
        href: "\(page).html" + (target.anchor.map { "#\($0)" } ?? ""), label: target.label)
    }
    let ids = targets.values.filter { $0.slug == page }.map(\.id).sorted()
    return .unknown(
      summary: "link '\(written)' names no place on its page" + suggestion(for: id, in: ids),
      id: "unknown-link")
  }

  private mutating func check(
    _ link: WrittenLink, in chapter: ChapterOutline, seen: inout Set<String>
  ) {
    switch resolve(link.destination, slug: chapter.slug, path: chapter.path) {
    case .external: return
    case .page(_, let label):
      guard !link.hasText, label == nil else { return }
      diagnostics.append(
        Diagnostic(
          .error, "reference-without-text", at: link.range,
          "reference '\(link.destination)' has no text, and what it names has no number; write the "
            + "text between the square brackets"))
    case .file(let path, let destination):
      if seen.insert(path).inserted {
        localFiles.append(LocalFile(path: path, destination: destination, range: link.range))
      }
    case .unknown(let summary, let id):
      diagnostics.append(Diagnostic(.error, id, at: link.range, summary))
    }
  }

  private func suggestion(for word: String, in candidates: [String]) -> String {
    nearest(to: word, in: candidates).map { "; did you mean '\($0)'?" } ?? ""
  }
}

// MARK: - Paths

extension BookIndex {
  private static func isExternal(_ destination: String) -> Bool {
    if destination.hasPrefix("//") { return true }
    let scheme = destination.prefix { $0.isLetter || $0.isNumber || "+-.".contains($0) }
    return !scheme.isEmpty && destination.dropFirst(scheme.count).first == ":"
  }

  private static func folder(of path: String) -> Substring {
    path.lastIndex(of: "/").map { path[...$0] } ?? ""
  }

  private static func relative(_ path: String, to folder: Substring) -> String {
    path.hasPrefix(folder) ? String(path.dropFirst(folder.count)) : path
  }

  /// `file` below `folder`; nil where it leads out of it.
  private static func join(
    folder: Substring, _ file: String
  ) -> (path: String, destination: String)? {
    if file.hasPrefix("/") { return nil }
    var parts: [Substring] = []
    for part in file.split(separator: "/") {
      switch part {
      case ".": continue
      case "..": if parts.popLast() == nil { return nil }
      default: parts.append(part)
      }
    }
    let destination = parts.joined(separator: "/")
    return (folder + destination, destination)
  }

  /// Percent-encoding undone; what is none stays.
  private func decoded(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.first {
      let digits = String(decoding: rest.dropFirst().prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
        rest = rest.dropFirst()
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
