import Markdown

/// A paragraph of one image that has a title: a figure, with the title as its caption. An empty
/// anchor before the image, an `a` element with an id such as `fig-name`, names and numbers it; GitHub reads both.
struct ImageFigure {
  var id: String?
  var caption: String
  var image: MarkdownNode

  init?(_ paragraph: MarkdownNode) {
    guard case .paragraph = paragraph.kind, let last = paragraph.lastChild,
      case .image(_, let title) = last.kind, !title.isEmpty
    else { return nil }
    var before = ""
    for child in paragraph.children where child != last {
      switch child.kind {
      case .htmlInline(let html): before += html
      case .softBreak: continue
      default: return nil
      }
    }
    let ids = HTMLFragment.values(of: "id", in: before)
    guard before.isEmpty || ids.count == 1 else { return nil }
    id = ids.first
    caption = title
    image = last
  }
}
