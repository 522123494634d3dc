/// What a server shows where there is no page to show: the problems as text, and a script that waits
/// for something better.
package enum ProblemPage {
  /// - Parameter script: its path.
  package static func bytes(showing problems: String, script: String) -> [UInt8] {
    let head = HTML.tag(
      "head", [:], .tag("meta", ["charset": "utf-8"]), .tag("title", [:], .text("nnbook")),
      .tag("script", ["src": script, "defer": ""]))
    let page = HTML.tag(
      "html", ["lang": "en"], head, .tag("body", [:], .tag("pre", [:], .text(problems))))
    return HTML.printable(HTML.doctype + page.rendered + "\n")
  }
}
