import Mustache

/// The look of the site: a template, a stylesheet and a script, compiled into the tool.
package struct Theme: Sendable {
  /// By relative path.
  package var files: [String: [UInt8]]
  var template: MustacheTemplate

  package static let standard = Theme(
    template: PackageResources.page_mustache,
    files: [
      "assets/book.css": PackageResources.book_css,
      "assets/book.js": PackageResources.book_js,
      "assets/live.js": script(
        PackageResources.live_host_js, PackageResources.live_address_js,
        PackageResources.live_controls_js, PackageResources.live_cell_js),
    ])

  /// Parts of one script, joined: they share their names with one another and with nothing else.
  private static func script(_ parts: [UInt8]...) -> [UInt8] {
    Array("\"use strict\";\n(() => {\n".utf8) + parts.joined(separator: [UInt8(ascii: "\n")])
      + Array("})();\n".utf8)
  }

  private init(template: [UInt8], files: [String: [UInt8]]) {
    self.files = files
    do {
      self.template = try MustacheTemplate(string: String(decoding: template, as: UTF8.self))
    } catch {
      fatalError("the page template is part of nnbook and doesn't parse: \(error)")
    }
  }

  /// Two inputs, a hidden pair and an output, drawn small.
  static let icon =
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    + "%3Cpath d='M3 4 8 4 13 8 8 12 3 12 8 4M3 4 8 12' fill='none' stroke='%23777'/%3E"
    + "%3Cg fill='%231f6cb0'%3E%3Ccircle cx='3' cy='4' r='2'/%3E%3Ccircle cx='3' cy='12' r='2'/%3E"
    + "%3Ccircle cx='8' cy='4' r='2'/%3E%3Ccircle cx='8' cy='12' r='2'/%3E%3C/g%3E"
    + "%3Ccircle cx='13' cy='8' r='2.4' fill='%23c4540a'/%3E%3C/svg%3E"
}
