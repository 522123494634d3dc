import Foundation

/// Chapters to make variants of, and pieces that mean something in them.
public enum ChapterSeeds {
  /// `Seeds/*.md`. What a run finds is added there, or becomes a test.
  public static func texts() throws -> [[UInt8]] {
    let folder = Bundle.module.resourceURL!.appending(path: "Seeds")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".md") }.sorted()
      .map { Array(try Data(contentsOf: folder.appending(path: $0))) }
  }

  public static let tokens = [
    "`", "``", "```", "~~~", "```swift ", "```swift\n", "```output\n", "```\n", "```math\n",
    "`{swift} x`", "`{swift} max(a, b), %.2f`", "$", "$$", "$x$", "$$\n", "\\$", "{#eq-a}", "\\",
    "\\\n", "  \n", "\n", "\n\n", "\r\n", "\r", "\t", " ", "    ", "> ", ">", "- ", "-\t", "1. ",
    "# ", "## ", "===\n", "---\n", "...\n", "***", "*", "**", "_", "~", "~~", "[", "]", "](",
    ")", "![", "[^a]", "[^a]: ", "[a]: b\n", "<", ">", "<b>", "<!--", "-->", "<https://a.b>",
    "www.a.b", "a@b.c", "|", "\\|", "|-|\n", "| a | b |\n", "- [ ] ", "> [!NOTE]\n", "&amp;",
    "é", "漢字", "😀", "\u{FEFF}", "\u{0}", "\u{1}", "\u{85}", "\u{2028}", "title: ", "title: [",
    "draft: true\n", "id=fig-a", " caption=\"", "\"", "=", " hidden", " fail", " live",
    "//| caption: ", "//| ", "// snippet.hide\n", "// snippet.show\n", "{", "}", "key: value\n",
    "&a ", "*a ", "!!str ", "? ", "- - ", "'", ": ", "%", ",",
  ]
}
