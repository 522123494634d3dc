import BookModel
import ChapterParsing
import HostSystem
import PageRendering

/// Reads `theme/`, the look that a book gives itself, and says what in it is not what it seems.
struct ThemeReader: Sendable {
  private enum Part: String, CaseIterable {
    case variables = "variables.yml"
    case style = "style.css"
    case epubStyle = "epub.css"
    case body = "body.mustache"
  }

  /// Of files that a stylesheet shows, and of the licenses that come with them.
  private static let endings: Set<Substring> = [
    "avif", "gif", "jpeg", "jpg", "otf", "png", "svg", "ttf", "txt", "webp", "woff", "woff2",
  ]

  private let folder: BookFolder

  init(_ folder: BookFolder) { self.folder = folder }

  /// - Returns: nil for a book without such a folder.
  func read() -> (BookTheme?, [Diagnostic]) {
    let names = folder.themeNames
    if names.isEmpty { return (nil, []) }
    var theme = BookTheme()
    var problems: [Diagnostic] = []
    var parts: [Part: [UInt8]] = [:]
    for name in names {
      let path = path(name)
      let start = SourceRange(file: path, line: 1)
      if let leaving = LeavingLink(path, book: folder.path) {
        problems.append(leaving.diagnostic(at: start))
      } else if let part = Part(rawValue: name) {
        do throws(FileError) {
          parts[part] = try FileSystem.readText(path)
        } catch {
          problems.append(
            Diagnostic(
              .error, .unknownFile, at: start, "file '\(path)' cannot be read: \(error.reason)"))
        }
      } else if Self.isShown(name) {
        theme.files.append(name)
      } else {
        problems.append(unknown(name, at: start))
      }
    }
    if let bytes = parts[.variables] {
      let (settings, found) = ThemeVariablesParser(known: Theme.variables).parse(
        bytes: bytes, path: path(Part.variables.rawValue))
      theme.variables = settings.map(\.value)
      problems += found + ThemeContrast(settings).problems
    }
    if let text = text(parts, .style, &problems) {
      theme.style = text
      problems +=
        ThemeStyle.problems(
          in: text, path: path(Part.style.rawValue), files: theme.files
        ).withoutTooMany
    }
    if let text = text(parts, .epubStyle, &problems) {
      theme.epubStyle = text
      problems +=
        ThemeStyle.problems(in: text, path: path(Part.epubStyle.rawValue), files: nil)
        .withoutTooMany
    }
    if let text = text(parts, .body, &problems) {
      let found = BodyTemplate.problems(in: text, path: path(Part.body.rawValue))
      // One that was not checked is not rendered.
      if found.isEmpty { theme.body = text }
      problems += found
    }
    return (theme, problems)
  }

  private func path(_ name: String) -> String {
    folder.file("\(BookFolder.themeName)/\(name)")
  }

  private static func isShown(_ name: String) -> Bool {
    guard let dot = name.lastIndex(of: ".") else { return false }
    return endings.contains(Substring(name[name.index(after: dot)...].lowercased()))
  }

  private func text(
    _ parts: [Part: [UInt8]], _ part: Part, _ problems: inout [Diagnostic]
  ) -> String? {
    guard let bytes = parts[part] else { return nil }
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    let path = path(part.rawValue)
    problems.append(
      Diagnostic(
        .error, .notUTF8, at: SourceRange(file: path, line: 1), "file '\(path)' is not UTF-8 text"))
    return nil
  }

  private func unknown(_ name: String, at place: SourceRange) -> Diagnostic {
    let parts = Part.allCases.map(\.rawValue)
    let hint =
      nearest(to: name, in: parts).map { "did you mean '\($0)'?" }
      ?? "a theme has \(parts.map { "'\($0)'" }.joined(separator: ", ")), pictures and fonts"
    return Diagnostic(
      .error, .unknownThemeFile, at: place, "file '\(name)' is not part of a theme; \(hint)")
  }
}
