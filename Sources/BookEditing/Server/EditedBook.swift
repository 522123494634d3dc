import BookBuilding
import BookModel
import ChapterParsing
import Foundation
import PageRendering

/// A book as its chapters stand in the editor, or on disk where they are not open.
struct EditedBook: Sendable {
  /// As the author would type it.
  var folder: String
  private var chapters: [String: Known] = [:]
  private var cachedIndex: BookIndex?

  private struct Known: Sendable {
    var stamp: Stamp
    var chapter: Chapter?
    var outline: ChapterOutline?
  }

  private enum Stamp: Hashable, Sendable {
    /// As the editor has it, by the text's revision.
    case open(Int)
    case disk(Date?, size: Int)
  }

  /// `book.yml` as the editor has it; nil where it is not open.
  private var openSettings: [UInt8]?

  init(folder: String) { self.folder = folder }

  /// Names of the files of the folder, `data/` included as `data/…`.
  func files() -> [String] {
    let manager = FileManager.default
    let top = (try? manager.contentsOfDirectory(atPath: folder)) ?? []
    var names = top.filter { !$0.hasPrefix(".") }
    for sub in ["data", "images", "static"] where top.contains(sub) {
      names += ((try? manager.contentsOfDirectory(atPath: folder + "/" + sub)) ?? [])
        .filter { !$0.hasPrefix(".") }.map { sub + "/" + $0 }
    }
    return names.sorted()
  }

  private var chapterPaths: [String] {
    files().filter { $0.hasSuffix(".md") && !$0.contains("/") }
      .map { folder == "." ? $0 : folder + "/" + $0 }
  }

  /// Brings what is known up to date with the disk, and with what the parser made of open files.
  mutating func refresh(open files: [OpenFile]) {
    let open = Dictionary(files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    var changed = false
    let settings = files.first { $0.kind == .settings }?.text.bytes
    if settings != openSettings {
      openSettings = settings
      changed = true
    }
    let paths = chapterPaths
    for path in Set(chapters.keys).subtracting(paths) where open[path] == nil {
      chapters[path] = nil
      changed = true
    }
    for path in Set(paths).union(open.values.filter { $0.kind == .chapter }.map(\.path)) {
      let stamp: Stamp
      if let file = open[path] {
        // A file that is just opened waits for its parse.
        guard let parsed = file.parsed else { continue }
        stamp = .open(parsed.revision)
      } else {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        stamp = .disk(
          attributes?[.modificationDate] as? Date, size: attributes?[.size] as? Int ?? -1)
      }
      if chapters[path]?.stamp == stamp { continue }
      let (chapter, outline): (Chapter?, ChapterOutline?)
      if let parsed = open[path]?.parsed {
        (chapter, outline) = (parsed.chapter, parsed.outline)
      } else {
        let bytes = FileManager.default.contents(atPath: path).map(Array.init) ?? []
        chapter = ChapterParser(files: .beside(chapter: path)).parse(bytes: bytes, path: path).0
        outline = chapter.map { ChapterOutline($0) }
      }
      // A text that is half typed does not take away what is known of the book.
      chapters[path] = Known(
        stamp: stamp, chapter: chapter ?? chapters[path]?.chapter,
        outline: outline ?? chapters[path]?.outline)
      changed = true
    }
    if changed { cachedIndex = nil }
  }

  func chapter(_ path: String) -> Chapter? { chapters[path]?.chapter }

  mutating func index() -> BookIndex {
    if let cachedIndex { return cachedIndex }
    let settings = settings()
    var places: [String: Int] = [:]
    for (place, name) in (settings.chapterOrder ?? []).enumerated() { places[name.value] = place }
    let outlines = chapters.sorted { a, b in
      let (x, y) = (name(a.key), name(b.key))
      let (i, j) = (places[x] ?? .max, places[y] ?? .max)
      return i == j ? x.compare(y, options: .numeric) == .orderedAscending : i < j
    }.compactMap(\.value.outline)
    var seen: Set<String> = []
    let index = BookIndex(
      settings: settings, chapters: outlines.filter { seen.insert($0.slug).inserted },
      bibliography: BibliographyReader(folder: folder, settings: settings).read().0)
    cachedIndex = index
    return index
  }

  private func name(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  private func settings() -> BookSettings {
    let path = folder == "." ? "book.yml" : folder + "/book.yml"
    guard let bytes = openSettings ?? FileManager.default.contents(atPath: path).map(Array.init)
    else { return BookSettings() }
    return BookSettingsParser().parse(bytes: bytes, path: path).0
  }

  mutating func settingsChanged() { cachedIndex = nil }
}
