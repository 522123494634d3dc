/// The editor of `nnbook serve --edit`, which no built site has.
package enum EditorAssets {
  package static let stylePath = "/-nnbook/edit.css"

  package static var style: [UInt8] { PackageResources.edit_css }

  /// Parts of one script, joined: they share their names with one another and with nothing else.
  package static var script: [UInt8] {
    Array("\"use strict\";\n(() => {\n".utf8) + PackageResources.edit_text_js
      + PackageResources.edit_help_js + PackageResources.edit_blocks_js + PackageResources.edit_js
      + Array("})();\n".utf8)
  }
}
