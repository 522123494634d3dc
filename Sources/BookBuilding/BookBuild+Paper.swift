import BookModel
import Deflate
import HostSystem
import PageRendering

/// The whole book in one file.
extension BookBuild {
  typealias Item = (Chapter, ChapterResult?)

  func wholeBookParts(_ items: [Item], _ renderer: PageRenderer) async -> [WholeBookPart] {
    await parallelMap(items, width: request.jobs) { chapter, result in
      renderer.part(of: chapter, result: result)
    }
  }

  /// Puts the PDF in the place of the page that it is of.
  func print(
    _ site: inout RenderedSite, _ parts: [WholeBookPart], _ renderer: PageRenderer,
    _ keeping: SiteKeeping
  ) async {
    let shown = site.files
    site.files = [:]
    if case .nowhere = keeping { return }
    let isConfined = request.sandbox != .off
    do throws(DiagnosticError) {
      let pdf = try await onOwnThread { () throws(DiagnosticError) in
        try PaperPrinter(isConfined: isConfined).print { pages throws(DiagnosticError) in
          var files: [String: [UInt8]] = [:]
          for (path, file) in shown {
            do throws(FileError) {
              files[path] = try file.read()
            } catch {
              throw DiagnosticError(
                Diagnostic(
                  .error, .printingFailed, "'\(error.path)' cannot be read: \(error.reason)"))
            }
          }
          return files.merging(renderer.wholeBook(parts, pages: pages)) { $1 }
        }
      }
      site.files = keeping.keep([fileName(of: renderer.index) + ".pdf": pdf])
    } catch {
      site.diagnostics += error.diagnostics
    }
  }

  /// The book as one EPUB, with the images that are in `site`.
  func bind(
    _ site: inout RenderedSite, _ items: [Item], _ renderer: PageRenderer, _ keeping: SiteKeeping
  ) async {
    let parts = await parallelMap(items, width: request.jobs) { chapter, result in
      renderer.epubPart(of: chapter, result: result)
    }
    site.diagnostics += parts.flatMap(\.diagnostics)
    let settings = renderer.index.settings
    let identity = ContentHash.of(settings.base ?? "", settings.title, settings.author ?? "")
    // A book of the same chapters is the same file, so that the day is not the day of building.
    let days = items.compactMap(\.0.frontMatter.date).filter { $0.utf8.count == 10 }
    let files = renderer.epub(
      parts, images: site.files.compactMapValues(\.inMemory),
      modified: days.max() ?? "2000-01-01", identifier: "urn:nnbook:\(identity.prefix(32))")
    var archive = ZipArchive()
    archive.add(Array("application/epub+zip".utf8), at: "mimetype", isStored: true)
    for (path, bytes) in files.sorted(by: { $0.key < $1.key }) { archive.add(bytes, at: path) }
    site.files = keeping.keep([fileName(of: renderer.index) + ".epub": archive.finished()])
  }

  /// Of the one file, without what it ends with.
  private func fileName(of index: BookIndex) -> String {
    let name = NewChapter.slug(index.settings.title)
    return name.isEmpty ? "book" : name
  }
}
