import BookModel

extension BookIndex {
  enum Resolution: Equatable {
    /// Leaves the site, or is none of the book's business.
    case external
    /// Another page or a place on one; `label` is what stands in for a missing text.
    case page(slug: String, anchor: String?, label: String?)
    case file(path: String, destination: String)
    case unknown(summary: String, id: DiagnosticID)
  }

  /// Where a link written in the chapter `slug` at `path` leads.
  ///
  /// - Parameter suggests: whether an unknown one's summary says what may be meant, which takes a look at
  ///   all names of the book.
  func resolve(
    _ destination: String, slug: String, path: String, suggests: Bool = false
  ) -> Resolution {
    if destination.isEmpty {
      return .unknown(
        summary: "link has no destination; it leads to '#id', 'other.md' or an address",
        id: .unknownLink)
    }
    if destination.lowercased().hasPrefix("javascript:") {
      return .unknown(
        summary: "link '\(destination)' runs a script; pages link to addresses and files",
        id: .unknownLink)
    }
    if destination.lowercased().hasPrefix("file:")
      || destination.prefixMatch(of: /[A-Za-z]:[\\\/]/) != nil
    {
      return .unknown(
        summary:
          "link '\(destination)' leads to a file of one machine alone; pages link to what is in "
          + "the book's folder", id: .unknownLink)
    }
    if Self.isExternal(destination) { return .external }
    // By bytes: a mark that follows may make one character of the two.
    let parts = destination.utf8.split(
      separator: UInt8(ascii: "#"), maxSplits: 1, omittingEmptySubsequences: false)
    let file = String(Substring(parts[0].prefix { $0 != UInt8(ascii: "?") }))
    let anchor = parts.count > 1 ? String(Substring(parts[1])) : nil
    if file.isEmpty { return resolve(anchor: anchor ?? "", from: slug, suggests) }
    guard let joined = Self.join(folder: Self.folder(of: path), decoded(file)) else {
      let names = decoded(file).split(separator: "/").filter { $0 != "." && $0 != ".." }
      let name = "/" + names.joined(separator: "/")
      let meant = pagesByPath.keys.sorted().first {
        name.hasSuffix("/" + $0) || "/\($0)".hasSuffix(name)
      }
      return .unknown(
        summary:
          "link '\(destination)' leads out of the book's folder; "
          + (meant.map {
            "a link to the chapter is written '\(Self.relative($0, to: Self.folder(of: path)))'"
          } ?? "pages link to what is in it"),
        id: .unknownLink)
    }
    if let target = pagesByPath[joined.path] {
      return resolve(anchor: anchor, onPage: target, written: destination, suggests)
    }
    if drafts.contains(joined.path) {
      return .unknown(
        summary:
          "link '\(destination)' leads to a draft, which is left out of the site; '--drafts' "
          + "builds it", id: .unknownLink)
    }
    if let whole = chapter(cutFrom: destination, path: path) {
      return .unknown(
        summary:
          "link '\(destination)' ends at its '\(whole.sign)', which has a meaning in addresses; a "
          + "link to the chapter is written '\(whole.address)'", id: .unknownLink)
    }
    if let meant = meant(by: file, joined.path, from: slug, path: path) {
      return .unknown(
        summary: "link '\(destination)' names no file of the book; \(meant)", id: .unknownLink)
    }
    if file.hasSuffix(".md") {
      let hint =
        suggests
        ? suggestion(
          for: file,
          in: pagesByPath.keys.sorted().map { Self.relative($0, to: Self.folder(of: path)) }) : ""
      return .unknown(
        summary: "link '\(destination)' leads to no chapter" + hint, id: .unknownLink)
    }
    return .file(path: joined.path, destination: joined.destination)
  }

  /// The chapter whose name a question mark or a number sign cut off, and how a link to it is written.
  private func chapter(
    cutFrom destination: String, path: String
  ) -> (sign: Character, address: String)? {
    guard let sign = destination.first(where: { "?#".contains($0) }),
      let end = destination.ranges(of: ".md").last?.upperBound
    else { return nil }
    let name = String(destination[..<end])
    guard let joined = Self.join(folder: Self.folder(of: path), decoded(name)),
      pagesByPath[joined.path] != nil
    else { return nil }
    let address = name.replacing("?", with: "%3F").replacing("#", with: "%23")
    return (sign, address + destination[end...])
  }

  /// What the files of chapters, and their pages, end with in other tools.
  private static let endingsElsewhere = [
    ".html", ".htm", ".qmd", ".Rmd", ".rmd", ".ipynb", ".rst", ".mdx", ".markdown",
  ]

  /// What to write for a link in the manner of another tool; nil where it is none.
  private func meant(
    by file: String, _ joined: String, from slug: String, path: String
  ) -> String? {
    let folder = Self.folder(of: path)
    let ending = Self.endingsElsewhere.first(where: joined.hasSuffix) ?? ""
    let stem = String(joined.dropLast(ending.count))
    for name in [stem + ".md", joined + ".md"] where pagesByPath[name] != nil {
      return "a link to the chapter is written '\(Self.relative(name, to: folder))'"
    }
    guard !file.utf8.contains(where: { "./".utf8.contains($0) }),
      target(decoded(file), from: slug) != nil
    else { return nil }
    return "a reference is written '#\(file)'"
  }

  private func resolve(anchor: String, from slug: String, _ suggests: Bool) -> Resolution {
    if let target = target(decoded(anchor), from: slug) ?? plainTarget(decoded(anchor), on: slug) {
      return .page(slug: target.slug, anchor: target.anchor, label: target.label)
    }
    let hint =
      suggests
      ? suggestion(
        for: anchor,
        in: targets.keys.filter { $0.slug == nil || $0.slug == slug }
          .map { String(Self.plain($0.id)) }.sorted()) : ""
    return .unknown(
      summary: "reference '#\(anchor)' names nothing in the book" + hint, id: .unknownReference)
  }

  private func resolve(
    anchor: String?, onPage page: String, written: String, _ suggests: Bool
  ) -> Resolution {
    guard let anchor, !anchor.isEmpty else {
      let label = titles[page].map { (number(ofChapter: page)?.label(in: words) ?? "") + ", \($0)" }
      return .page(slug: page, anchor: nil, label: label)
    }
    let id = decoded(anchor)
    if let target = target(id, from: page) ?? plainTarget(id, on: page), target.slug == page {
      return .page(slug: page, anchor: target.anchor, label: target.label)
    }
    let hint =
      suggests
      ? suggestion(for: id, in: targets.values.filter { $0.slug == page }.map(\.id).sorted()) : ""
    return .unknown(
      summary: "link '\(written)' names no place on its page" + hint, id: .unknownLink)
  }

  /// GitHub keeps the invisible mark of an emoji in an anchor, which nobody types.
  private func plainTarget(_ id: String, on slug: String) -> ReferenceTarget? {
    let wanted = String(Self.plain(id))
    if let target = plainTargets[ReferenceTarget.Key(id: wanted, slug: slug)] { return target }
    guard wanted.utf8.count != id.utf8.count else { return nil }
    let target = target(wanted, from: slug)
    return target?.slug == slug ? target : nil
  }

  /// Those with an invisible mark in their names, by the names without it.
  static func plainTargets(
    of targets: some Sequence<ReferenceTarget>
  ) -> [ReferenceTarget.Key: ReferenceTarget] {
    var found: [ReferenceTarget.Key: ReferenceTarget] = [:]
    for target in targets where !target.id.utf8.allSatisfy({ $0 < 0x80 }) {
      let name = String(plain(target.id))
      guard name.utf8.count != target.id.utf8.count else { continue }
      let key = ReferenceTarget.Key(id: name, slug: target.slug)
      if let other = found[key], other.id <= target.id { continue }
      found[key] = target
    }
    return found
  }

  private static func plain(_ text: String) -> String.UnicodeScalarView {
    String.UnicodeScalarView(text.unicodeScalars.filter { !$0.properties.isVariationSelector })
  }

  mutating func check(
    _ link: WrittenLink, in chapter: ChapterOutline, seen: inout Set<String>
  ) {
    let isTold = unknownLinks[chapter.slug, default: 0] <= Diagnostic.mostOfAFile
    switch resolve(
      link.destination, slug: chapter.slug, path: chapter.path, suggests: isTold)
    {
    case .external:
      guard link.isImage, !link.destination.hasPrefix("data:") else { return }
      diagnostics.append(
        Diagnostic(
          .warning, .remoteImage, at: link.range,
          "image '\(link.destination)' will not show: pages load nothing from other servers; put the "
            + "file beside the chapter"))
    case .page(let slug, let anchor, let label):
      if link.isImage {
        diagnostics.append(
          Diagnostic(
            .error, .unknownLink, at: link.range,
            "image '\(link.destination)' is a page; a link to it is written without the '!'"))
      }
      if slug != chapter.slug { mentions[slug, default: []].insert(anchor) }
      guard !link.hasText, label == nil else { return }
      diagnostics.append(
        Diagnostic(
          .error, .referenceWithoutText, at: link.range,
          "reference '\(link.destination)' has no text, and what it names has no number; write the "
            + "text between the square brackets"))
    case .file(let path, let destination):
      if !link.hasText {
        diagnostics.append(
          Diagnostic(
            .error, .linkWithoutText, at: link.range,
            link.destination.prefixMatch(of: /(?:fig|tbl|eq|sec|lst)-[\w-]+$/) == nil
              ? "link '\(link.destination)' has no text; write it between the square brackets"
              : "link '\(link.destination)' has no text; a reference is written "
                + "'[](#\(link.destination))'"))
      }
      if seen.insert(path).inserted {
        localFiles.append(LocalFile(path: path, destination: destination, range: link.range))
      }
    case .unknown(let summary, let id):
      unknownLinks[chapter.slug, default: 0] += 1
      if isTold { diagnostics.append(Diagnostic(.error, id, at: link.range, summary)) }
    }
  }

  private func suggestion(for word: String, in candidates: [String]) -> String {
    nearest(to: word, in: candidates).map { "; did you mean '\($0)'?" } ?? ""
  }
}
