import BookModel
import PageRendering

extension BookBuild {
  struct RenderedSite: Sendable {
    var files: [String: [UInt8]] = [:]
    var localFiles: [String: [UInt8]] = [:]
    var diagnostics: [Diagnostic] = []
  }

  /// Pages, what they share, and the author's own files that they show or link to.
  func render(
    _ book: Book, _ results: [ChapterResult?], _ index: BookIndex, _ math: [Formula: String]
  ) async -> RenderedSite {
    let renderer = PageRenderer(
      index: index, math: math, servingScript: request.isServed ? ReloadScript.path : nil)
    let items = Array(zip(book.chapters, results))
    var site = RenderedSite()
    switch request.format {
    case .html:
      let surroundings = index.surroundings
      let pages = await parallelMap(items, width: request.jobs) { chapter, result in
        guard let memory else { return renderer.page(for: chapter, result: result) }
        let input = BookMemory.PageInput(
          chapter: chapter, result: result, surroundings: surroundings, math: math)
        return memory.pages.value(named: chapter.path, of: input) {
          renderer.page(for: chapter, result: result)
        }
      }
      for page in pages {
        site.files.merge(page.files) { $1 }
        site.diagnostics += page.diagnostics
      }
      let entries = pages.flatMap(\.searchEntries)
      site.files.merge(renderer.commonFiles(searchEntries: entries)) { $1 }
    case .markdown:
      let chapters = await parallelMap(items, width: request.jobs) { chapter, result in
        renderer.markdownFiles(for: chapter, result: result)
      }
      for files in chapters { site.files.merge(files) { $1 } }
      site.files["README.md"] = renderer.markdownContents
    }
    for file in index.localFiles { add(file, to: &site) }
    return site
  }

  private func add(_ file: LocalFile, to site: inout RenderedSite) {
    if site.files[file.destination] != nil {
      site.diagnostics.append(
        Diagnostic(
          .error, "reserved-file-name", at: file.range,
          "file '\(file.path)' would take the place of a page of the site; give it another name"))
      return
    }
    do {
      let bytes = try FileAccess.read(file.path)
      site.files[file.destination] = bytes
      site.localFiles[file.path] = bytes
    } catch {
      let problem = error.isAbsence ? "is not there" : "cannot be read: \(error.reason)"
      site.diagnostics.append(
        Diagnostic(.error, "unknown-file", at: file.range, "file '\(file.path)' \(problem)"))
    }
  }
}
