import BookModel
import Mustache

/// The look of the site: a template, a stylesheet and scripts, compiled into the tool.
package struct Theme: Sendable {
  /// By relative path.
  package var files: [String: [UInt8]]
  /// Of a whole page but for what stands in its body.
  let template = Self.standardTemplate
  /// Of what stands in a page's body.
  private var body = Self.standardBody
  /// Stylesheets of a book's own look.
  private(set) var styles: [String] = []
  private(set) var epubStyles = PackageResources.epub_css
  /// Whether its stylesheets load fonts.
  private(set) var hasFonts = false

  package static let standard = Theme(words: .english)

  private static let standardTemplate = parsed(PackageResources.page_mustache)
  private static let standardBody = parsed(PackageResources.body_mustache)

  /// - Parameters:
  ///   - words: what scripts say to readers.
  ///   - own: what the book changes.
  package init(words: InterfaceWords, own: BookTheme? = nil) {
    files = Self.shared
    files["assets/book.js"] = Self.script(
      Array("const words = \(words.script(ofSearch: false));\n".utf8) + Self.bookScript)
    files["assets/search.js"] = Self.script(
      Array(
        """
        const { make, listen, say, load } = nnbook;
        Object.assign(nnbook.words, \(words.script(ofSearch: true)));

        """.utf8) + Self.searchScript)
    if let own { add(own) }
  }

  private mutating func add(_ own: BookTheme) {
    let style = own.styleOfVariables + own.style
    if !style.isEmpty {
      files[Self.stylePath] = Array(style.utf8)
      styles = [Self.stylePath]
    }
    epubStyles += Array(own.epubStyle.utf8)
    if let text = own.body, let template = try? MustacheTemplate(string: text) { body = template }
    hasFonts = own.files.contains { name in
      [".otf", ".ttf", ".woff", ".woff2"].contains(where: name.lowercased().hasSuffix)
    }
  }

  /// Where files of a book's own theme are in its site.
  package static let folder = "assets/theme"
  static let stylePath = folder + "/style.css"

  /// Of a site whose pages load these parts.
  func files(with parts: Set<ThemePart>) -> [String: [UInt8]] {
    files.filter { path, _ in ThemePart(rawValue: path).map(parts.contains) ?? true }
  }

  /// The whole book on one page, which is for paper, has no parts that a template could move.
  func body(of kind: PageTemplate.Kind) -> MustacheTemplate {
    kind == .whole ? Self.standardBody : body
  }

  private static func parsed(_ bytes: [UInt8]) -> MustacheTemplate {
    do {
      return try MustacheTemplate(string: String(decoding: bytes, as: UTF8.self))
    } catch {
      fatalError("the page template is part of nnbook and doesn't parse: \(error)")
    }
  }

  /// What is the same for all books, made ready once: a served book has a theme for every change.
  private static let shared: [String: [UInt8]] = [
    "assets/book.css": style(PackageResources.book_css),
    "assets/print.css": style(PackageResources.print_css),
    "assets/live.js": script(
      joined(
        PackageResources.live_host_js, PackageResources.live_address_js,
        PackageResources.live_controls_js, PackageResources.live_cell_js)),
    "assets/live-plane.js": script(joined(PackageResources.live_plane_js)),
    // Two inputs, a hidden pair and an output, drawn small.
    "assets/icon.svg": PackageResources.icon_svg,
    "assets/tabs.css": PackageResources.tabs_css,
    "assets/terms.css": PackageResources.terms_css,
    "assets/tabs.js": script(joined(PackageResources.tabs_js)),
    ThemePart.figureParts.path: PackageResources.parts_css,
    ThemePart.lineNotes.path: script(joined(PackageResources.line_notes_js)),
    ThemePart.lineNotesStyle.path: PackageResources.line_notes_css,
    ThemePart.languages.path: style(PackageResources.languages_css),
    "assets/predictions.js": script(joined(PackageResources.predictions_js)),
    "assets/previews.js": script(joined(PackageResources.previews_js)),
  ]

  private static let bookScript = joined(
    PackageResources.page_js, PackageResources.page_code_js, PackageResources.page_reading_js)

  private static let searchScript = joined(
    PackageResources.search_words_js, PackageResources.search_index_js,
    PackageResources.search_query_js, PackageResources.search_js)

  private static func joined(_ parts: [UInt8]...) -> [UInt8] {
    parts.reduce(into: []) { $0 += withoutComments($1) }
  }

  /// Its parts share their names with one another and with nothing else.
  private static func script(_ parts: [UInt8]) -> [UInt8] {
    Array("\"use strict\";\n(() => {\n".utf8) + parts + Array("})();\n".utf8)
  }

  private static let blanks: Set<UInt8> = [0x20, 0x09, 0x0D]

  /// Without what is for those who change the theme. No string of a stylesheet goes over lines.
  private static func style(_ bytes: [UInt8]) -> [UInt8] {
    let lines = withoutComments(bytes).split(separator: 0x0A)
    return Array(lines.map { $0.drop(while: blanks.contains) }.joined(separator: [0x0A])) + [0x0A]
  }

  /// Without lines that are a comment, or empty: they are for those who change the theme.
  private static func withoutComments(_ bytes: [UInt8]) -> [UInt8] {
    Array(
      bytes.split(separator: 0x0A).filter { line in
        let text = line.drop(while: blanks.contains)
        let isComment =
          text.starts(with: "//".utf8)
          || text.starts(with: "/*".utf8) && text.suffix(2).elementsEqual("*/".utf8)
        return !text.isEmpty && !isComment
      }.joined(separator: [0x0A])) + [0x0A]
  }
}

extension BookTheme {
  /// Colors are the screen's: paper has its own.
  fileprivate var styleOfVariables: String {
    func rule(_ settings: [Setting]) -> String {
      let lines = settings.map { setting in
        let value = setting.dark.map { "light-dark(\(setting.light), \($0))" } ?? setting.light
        return "  --\(setting.variable.name): \(value);\n"
      }
      return lines.isEmpty ? "" : ":root {\n\(lines.joined())}\n"
    }
    let colors = rule(variables.filter(\.variable.isColor))
    return rule(variables.filter { !$0.variable.isColor })
      + (colors.isEmpty ? "" : "@media screen {\n\(colors)}\n")
  }
}
