import BookModel
import HostSystem
import PageRendering

/// The pictures that other programs show beside links to the book's pages.
extension BookBuild {
  struct Pictures: Sendable {
    /// By the path of the page.
    var pages: [String: PagePicture] = [:]
    var files: [String: [UInt8]] = [:]
    /// Whether a figure has none, and may have one another time.
    var areIncomplete = false
    var diagnostics: [Diagnostic] = []
  }

  fileprivate struct Wanted: Sendable {
    var page: String
    var path: String
    var key: String
    var figure: FigurePicture
  }

  /// Browsers of two machines draw a figure a little differently. So its picture is named by what is on
  /// it, and one that the site has already is taken as it is: it may have come with the site.
  func pictures(
    of book: Book, _ results: [ChapterResult?], _ index: BookIndex, _ keeping: SiteKeeping
  ) async -> Pictures {
    guard book.settings.pictures, book.settings.base != nil, request.format == .html,
      !request.isServed
    else { return Pictures() }
    if case .nowhere = keeping { return Pictures() }
    let wanted = wantedPictures(of: book, results, index)
    let store = PictureStore(path: request.caches.book)
    var pictures = Pictures()
    var missing: [Wanted] = []
    for picture in wanted {
      // A site that is only compared has the pictures that it has.
      let stored = request.comparesOnly ? nil : store.bytes(for: picture.key)
      if let bytes = pictureOfSite(picture.path) ?? stored {
        pictures.add(picture, bytes)
      } else {
        missing.append(picture)
      }
    }
    if missing.isEmpty || request.comparesOnly { return pictures }
    let chromium: Chromium
    do {
      chromium = try Chromium(isConfined: request.sandbox != .off)
    } catch {
      pictures.areIncomplete = true
      switch error {
      case .notFound:
        observer(
          .detail("No pictures of \(missing.count) figures for links: \(error.summary)"))
      case .noProgram:
        // Who names a browser wants its pictures.
        pictures.diagnostics.append(
          Diagnostic(
            .warning, .chromiumMissing,
            "pictures for links are drawn by Chromium, and \(error.summary)"))
      }
      return pictures
    }
    let (drawn, problem) = await onOwnThread { [missing] in Self.draw(missing, chromium) }
    for (picture, bytes) in drawn {
      store.keep(bytes, for: picture.key)
      pictures.add(picture, bytes)
      observer(.detail("Drew \(picture.path)"))
    }
    if let problem {
      pictures.areIncomplete = true
      pictures.diagnostics.append(problem)
    } else {
      store.removeAll(but: Set(wanted.map(\.key)))
    }
    return pictures
  }

  /// The first figure of each chapter, and the cover for the page of contents.
  private func wantedPictures(
    of book: Book, _ results: [ChapterResult?], _ index: BookIndex
  ) -> [Wanted] {
    var wanted: [Wanted] = []
    func add(_ figure: FigurePicture?, _ slug: String) {
      guard let figure else { return }
      let key = ContentHash.of(figure.document)
      wanted.append(
        Wanted(
          page: "\(slug).html", path: "assets/pictures/\(slug)-\(key.prefix(12)).png", key: key,
          figure: figure))
    }
    for (chapter, result) in zip(book.chapters, results) {
      func picture(_ id: String? = nil) -> FigurePicture? {
        FigurePicture(
          of: chapter, result, id: id, index: index, theme: book.theme, read: image(at:))
      }
      add(picture(), chapter.slug)
      if let cover = book.settings.cover?.value, index.coverChapter == chapter.slug {
        add(picture(cover), "index")
      }
    }
    return wanted
  }

  /// Of the author's, where it is one of the book's.
  private func image(at path: String) -> [UInt8]? {
    LeavingLink(path, book: request.book) == nil ? try? FileSystem.read(path) : nil
  }

  private func pictureOfSite(_ path: String) -> [UInt8]? {
    guard let output = request.output,
      let bytes = try? FileSystem.read(output + "/" + path, followingLinks: false),
      Self.isPNG(bytes)
    else { return nil }
    return bytes
  }

  private static func isPNG(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
  }

  /// Where one fails, the others would as well.
  private static func draw(
    _ wanted: [Wanted], _ chromium: Chromium
  ) -> ([(Wanted, [UInt8])], Diagnostic?) {
    var drawn: [(Wanted, [UInt8])] = []
    let size = "--window-size=\(FigurePicture.width),\(FigurePicture.height)"
    for picture in wanted {
      do throws(DiagnosticError) {
        let (bytes, said) = try chromium.make(
          "picture.png", by: "--screenshot",
          [size, "--hide-scrollbars", "--force-device-scale-factor=1"], of: "figure.html",
          among: ["figure.html": picture.figure.document])
        guard let bytes, isPNG(bytes) else {
          let lines = String(decoding: said.error, as: UTF8.self).split(separator: "\n")
          return (
            drawn,
            Diagnostic(
              .warning, .printingFailed,
              "'\(chromium.program)' drew no picture of the figure for links to '\(picture.page)'",
              notes: lines.suffix(3).map { .init(String($0)) })
          )
        }
        drawn.append((picture, bytes))
      } catch {
        var problem = error.diagnostics.first
        problem?.severity = .warning
        return (drawn, problem)
      }
    }
    return (drawn, nil)
  }
}

extension BookBuild.Pictures {
  fileprivate mutating func add(_ picture: BookBuild.Wanted, _ bytes: [UInt8]) {
    pages[picture.page] = PagePicture(
      path: picture.path, description: picture.figure.description)
    files[picture.path] = bytes
  }
}
