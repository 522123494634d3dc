import BookModel
import Foundation
import Markdown

/// The figures of a chapter as a picture shows them: what cells drew, and images of the author's.
struct ShownFigures {
  var chapter: Chapter
  var result: ChapterResult?
  var index: BookIndex
  /// The contents of an image of the book by its path.
  var read: (String) -> [UInt8]?

  /// What it says of itself, and its drawings: a figure in parts has several.
  func first(named id: String?) -> (description: String, drawings: [String])? {
    let document = MarkdownDocument(parsing: chapter.markdown)
    let cells = chapter.cellsByLine
    for node in document.nodes {
      switch node.kind {
      case .codeBlock:
        guard let cell = cell(at: node, cells), id == nil || cell.options.id?.value == id,
          let (description, drawing) = drawing(of: cell, isNamed: id != nil)
        else { continue }
        return (description, [drawing])
      case .paragraph:
        guard let figure = ImageFigure(node), id == nil || figure.id == id, !node.isInSolution,
          let drawing = drawing(of: figure)
        else { continue }
        return (figure.image.plainText, [drawing])
      case .blockQuote:
        guard let group = FigureGroup(node), id == nil || group.name == id else { continue }
        let drawings = group.parts.compactMap { part -> String? in
          if let figure = ImageFigure(part) { return drawing(of: figure) }
          return cell(at: part, cells).flatMap { drawing(of: $0, isNamed: true)?.markup }
        }
        if !drawings.isEmpty { return (group.captionText, drawings) }
      default: continue
      }
    }
    return nil
  }

  private func cell(at node: MarkdownNode, _ cells: [Int: Cell]) -> Cell? {
    chapter.range(of: node).flatMap { cells[$0.start.line] }
  }

  /// Readers see at once what is shown, and is no answer.
  private func drawing(
    of cell: Cell, isNamed: Bool
  ) -> (description: String, markup: String)? {
    guard isNamed || cell.options.output == .shown && !cell.isOfExercise else { return nil }
    for output in result?[cell.id]?.outputs ?? [] {
      guard case .svg(let text) = output,
        let markup = try? HTMLFragment.wellFormed([text], isCompact: false)[0]
      else { continue }
      let figure = SVGFile(markup)
      return (figure.title, figure.text)
    }
    return nil
  }

  private func drawing(of figure: ImageFigure) -> String? {
    guard case .image(let destination, _) = figure.image.kind,
      case .file(let path, _) = index.resolve(
        destination, slug: chapter.slug, path: chapter.path),
      MediaType.of(path).hasPrefix("image/"), let bytes = read(path)
    else { return nil }
    let data = Data(bytes).base64EncodedString()
    return HTML.tag("img", ["alt": "", "src": "data:\(MediaType.of(path));base64,\(data)"]).rendered
  }
}
