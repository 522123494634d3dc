import Markdown

/// A heading of the page, with its number and the values of its inline code filled in.
struct NumberedHeading {
  var node: MarkdownNode
  var level: Int
  var anchor: String
  /// Such as "3.2"; nil below the third level.
  var number: String?
  /// Words alone.
  var title: String
  var text: TitleText
}
