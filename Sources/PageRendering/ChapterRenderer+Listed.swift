import BookModel
import Markdown

extension ChapterRenderer {
  /// The chapter's figures, tables and listings that have a number, in order.
  func listedFigures(_ nodes: [KnownNode], _ parts: FigureParts) -> [ListedFigure] {
    let cells = chapter.cellsByLine
    return nodes.compactMap { known -> ListedFigure? in
      switch known.kind {
      case .codeBlock:
        guard let line = chapter.range(of: known.node)?.start.line,
          let options = cells[line]?.options, let id = options.id
        else { return nil }
        return listed(id.value, options.caption.map(inline), parts[known.node])
      case .paragraph:
        if let caption = TableCaption(known.node), caption.table != nil {
          return caption.braces?.name.flatMap { listed($0, .text(caption.plainText)) }
        }
        guard let figure = ImageFigure(known.node), let id = figure.id else { return nil }
        return listed(id, inline(figure.caption), parts[known.node])
      case .blockQuote:
        guard let group = FigureGroup(known.node), let id = group.name else { return nil }
        return listed(id, .text(group.captionText))
      default: return nil
      }
    }
  }

  private func listed(
    _ id: String, _ caption: HTML?, _ part: FigureParts.Part? = nil
  ) -> ListedFigure? {
    guard let target = index.target(id, from: chapter.slug), target.number != nil,
      let label = target.label
    else { return nil }
    return ListedFigure(
      address: siteAddress("\(chapter.slug).html") + "#\(id)", label: label,
      caption: caption.map { HTMLFragment.text(in: $0.rendered, between: "") } ?? "",
      isPart: part != nil)
  }
}
