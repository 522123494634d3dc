import Markdown

/// A paragraph of one image that has a title: a figure, with the title as its caption. An empty
/// anchor before the image, an `a` element with an id such as `fig-name`, names and numbers it; GitHub reads both.
struct ImageFigure {
  var id: String?
  var caption: String
  var image: MarkdownNode

  init?(_ paragraph: MarkdownNode) {
    guard case .paragraph = paragraph.kind, let found = paragraph.captionedImage else { return nil }
    let ids = HTMLFragment.values(of: "id", in: found.markup)
    guard found.markup.isEmpty || ids.count == 1 else { return nil }
    id = ids.first
    caption = found.caption
    image = found.image
  }
}
