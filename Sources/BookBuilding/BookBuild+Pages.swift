import BookModel
import CellRunning
import HostSystem
import PageRendering

extension BookBuild {
  struct RenderedSite: Sendable {
    var files: [String: SiteFile] = [:]
    /// Hashes, by the path they were read from.
    var localFiles: [String: String] = [:]
    var diagnostics: [Diagnostic] = []
  }

  /// Of one page, what is left of it once its files are kept.
  private struct KeptPage: Sendable {
    var files: [String: SiteFile]
    var parts: Set<ThemePart>
    var searchPart: SearchPart
    var listed: [ListedFigure]
    var cover: CoverFigure?
    var diagnostics: [Diagnostic]
  }

  /// Pages, what they share, and the author's own files that they show or link to.
  func render(
    _ book: Book, _ results: [ChapterResult?], _ index: BookIndex, _ math: TypesetFormulas,
    _ works: CitedWorks, _ pictures: Pictures, _ keeping: SiteKeeping
  ) async -> RenderedSite {
    let renderer = PageRenderer(
      index: index, theme: Theme(words: index.words, own: book.theme), math: math.mathML,
      works: works,
      servingScript: request.isServed ? ReloadScript.path : nil, marksBlocks: request.isEdited,
      pictures: pictures.pages, highlighter: memory?.highlighter ?? SwiftHighlighter())
    let items = Array(zip(book.chapters, results))
    var site = RenderedSite()
    switch request.format {
    case .html:
      let shared = memory.map { memory in
        BookMemory.PageInput.Shared(
          surroundings: memory.surroundings.number(of: index.surroundings),
          math: memory.math.number(of: math), works: memory.works.number(of: works),
          theme: memory.theme.number(of: book.theme))
      }
      @Sendable func made(_ chapter: Chapter, _ result: ChapterResult?) -> BookMemory.MadePage {
        func make() -> BookMemory.MadePage { .init(renderer.page(for: chapter, result: result)) }
        guard let memory, let shared else { return make() }
        let input = BookMemory.PageInput(chapter: chapter, result: result, shared: shared)
        return memory.pages.value(named: chapter.path, of: input, make: make)
      }
      var search = SearchIndex()
      var listed: [ListedFigure] = []
      var cover: CoverFigure?
      var parts: Set<ThemePart> = []
      await parallelForEach(items, width: request.jobs) { chapter, result in
        let made = made(chapter, result)
        let page = made.page
        return KeptPage(
          files: keeping.keep(page.files), parts: page.parts,
          searchPart: made.searchPart, listed: page.listed, cover: page.cover,
          diagnostics: page.diagnostics)
      } take: { page in
        site.files.merge(page.files) { $1 }
        site.diagnostics += page.diagnostics
        search.add(page.searchPart)
        listed += page.listed
        cover = page.cover ?? cover
        parts.formUnion(page.parts)
      }
      site.files.merge(keeping.keep(search.files())) { $1 }
      site.files.merge(keeping.keep(pictures.files)) { $1 }
      site.diagnostics += pictures.diagnostics
      let common = renderer.commonFiles(cover: cover, listed: listed, parts: parts)
      site.files.merge(keeping.keep(common)) { $1 }
    case .markdown:
      await parallelForEach(items, width: request.jobs) { chapter, result in
        keeping.keep(renderer.markdownFiles(for: chapter, result: result))
      } take: { files in
        site.files.merge(files) { $1 }
      }
      site.files.merge(keeping.keep(renderer.markdownLists)) { $1 }
    case .ipynb:
      await parallelForEach(items, width: request.jobs) { chapter, result in
        keeping.keep(renderer.notebookFiles(for: chapter, result: result))
      } take: { files in
        site.files.merge(files) { $1 }
      }
      site.files.merge(keeping.keep(renderer.notebookLists)) { $1 }
    case .print, .pdf:
      let parts = await wholeBookParts(items, renderer)
      site.diagnostics += parts.flatMap(\.diagnostics)
      // Of what is printed nothing goes into the output but the PDF.
      let kept = request.format == .pdf ? SiteKeeping.inMemory : keeping
      site.files.merge(kept.keep(renderer.wholeBook(parts))) { $1 }
      for file in index.localFiles { add(file, to: &site, kept) }
      addTheme(book, to: &site, kept)
      if request.format == .pdf { await print(&site, parts, renderer, keeping) }
      return site
    case .epub:
      for file in index.localFiles { add(file, to: &site, .inMemory) }
      await bind(&site, items, renderer, keeping)
      return site
    }
    for file in index.localFiles { add(file, to: &site, keeping) }
    if request.format == .html {
      addTheme(book, to: &site, keeping)
      addStatic(to: &site, keeping)
    }
    return site
  }

  /// The files of `static/`, hidden ones too, go to the top of the site as they are.
  private func addStatic(to site: inout RenderedSite, _ keeping: SiteKeeping) {
    guard let book = try? BookFolder(request.book) else { return }
    for name in book.staticNames {
      let path = book.file("\(BookFolder.staticName)/\(name)")
      if name == SiteFolder.listName {
        site.diagnostics.append(
          Diagnostic(
            .error, .reservedFileName, at: SourceRange(file: path, line: 1),
            "file '\(path)' would take the place of nnbook's list of files; give it another name"))
        continue
      }
      add(
        LocalFile(path: path, destination: name, range: SourceRange(file: path, line: 1)),
        to: &site,
        keeping)
    }
  }

  /// Pictures and fonts of the book's own look.
  private func addTheme(_ book: Book, to site: inout RenderedSite, _ keeping: SiteKeeping) {
    guard let theme = book.theme, let folder = try? BookFolder(request.book) else { return }
    for name in theme.files {
      let path = folder.file("\(BookFolder.themeName)/\(name)")
      add(
        LocalFile(
          path: path, destination: "\(Theme.folder)/\(name)",
          range: SourceRange(file: path, line: 1)),
        to: &site, keeping)
    }
  }

  private func add(_ file: LocalFile, to site: inout RenderedSite, _ keeping: SiteKeeping) {
    if site.files[file.destination] != nil {
      site.diagnostics.append(
        Diagnostic(
          .error, .reservedFileName, at: file.range,
          "file '\(file.path)' would take the place of a page of the site; give it another name"))
      return
    }
    if let problem = LeavingLink(file.path, book: request.book)?.diagnostic(at: file.range) {
      site.diagnostics.append(problem)
      return
    }
    do {
      let bytes = try FileSystem.read(file.path)
      site.files.merge(keeping.keep([file.destination: bytes])) { $1 }
      site.localFiles[file.path] = ContentHash.of(bytes)
    } catch {
      let problem = error.isAbsence ? "is not there" : "cannot be read: \(error.reason)"
      site.diagnostics.append(
        Diagnostic(.error, .unknownFile, at: file.range, "file '\(file.path)' \(problem)"))
    }
  }
}
