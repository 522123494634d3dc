/// How the Swift language server of the toolchain is started.
package struct SwiftServer: Sendable {
  /// `sourcekit-lsp`.
  package var program: String
  /// `swift-format`; nil where the toolchain has none.
  package var formatter: String?
  /// Of the compiler, as a chapter's cells are compiled.
  package var flags: [String]

  package init(program: String, formatter: String?, flags: [String]) {
    self.program = program
    self.formatter = formatter
    self.flags = flags
  }
}
