/// Neighbors in a sentence that are text or ends of lines: what is read of them may begin in one and
/// end in another.
package struct TextRun {
  package let nodes: [MarkdownNode]

  /// - Parameter first: a text or the end of a line, with none of these before it.
  package init(from first: MarkdownNode) {
    var nodes: [MarkdownNode] = []
    var node: MarkdownNode? = first
    while let current = node, current.isRunOfText {
      nodes.append(current)
      node = current.next
    }
    self.nodes = nodes
  }

  /// - Parameter nodes: neighbors, all of them texts or ends of lines.
  init(_ nodes: [MarkdownNode]) { self.nodes = nodes }

  /// The words, with a line feed for each end of a line.
  package var text: String {
    nodes.map { if case .text(let text) = $0.kind { text } else { "\n" } }.joined()
  }

  /// Where the author wrote some of the words, in the bytes of the document; nil where they read in
  /// another way than they were written. To be asked before the block is edited.
  ///
  /// - Parameter range: in the bytes of `text`.
  package func source(of range: Range<Int>) -> Range<Int>? {
    var offset = 0
    for node in nodes {
      guard case .text(let literal) = node.kind else {
        offset += 1
        continue
      }
      let own = offset..<offset + literal.utf8.count
      offset = own.upperBound
      guard own.contains(range.lowerBound) else { continue }
      let text = Array(text.utf8)
      let source = node.document.text
      guard
        let place = node.range.map({ node.document.lines.offset(of: $0.start) }),
        let start = Self.end(of: text[own.lowerBound..<range.lowerBound], in: source, from: place),
        start + range.count <= source.count,
        source[start..<start + range.count].elementsEqual(text[range])
      else { return nil }
      return start..<start + range.count
    }
    return nil
  }

  /// The offset after words that were written with escapes, or as they read.
  private static func end(
    of words: ArraySlice<UInt8>, in source: [UInt8], from start: Int
  ) -> Int? {
    var place = start
    for byte in words {
      if place + 1 < source.count, source[place] == .backslash, source[place + 1] == byte {
        place += 1
      }
      guard place < source.count, source[place] == byte else { return nil }
      place += 1
    }
    return place
  }

  /// Puts markup in the place of some of the words.
  ///
  /// - Parameter pieces: by their offsets in the bytes of `text`, in order, none within another.
  package func replace(_ pieces: [(range: Range<Int>, html: String)]) {
    var offset = 0
    var rest = pieces[...]
    for node in nodes {
      var text: [UInt8] = [.lineFeed]
      if case .text(let literal) = node.kind { text = Array(literal.utf8) }
      let own = offset..<offset + text.count
      offset = own.upperBound
      var fragments: [MarkdownFragment] = []
      var from = own.lowerBound
      var isTouched = false
      func append(upTo end: Int) {
        guard end > from else { return }
        let words = text[from - own.lowerBound..<end - own.lowerBound]
        fragments.append(.text(String(decoding: words, as: UTF8.self)))
      }
      while let piece = rest.first, piece.range.lowerBound < own.upperBound {
        isTouched = true
        if piece.range.lowerBound >= own.lowerBound {
          append(upTo: piece.range.lowerBound)
          fragments.append(.html(piece.html))
        }
        from = min(piece.range.upperBound, own.upperBound)
        guard piece.range.upperBound <= own.upperBound else { break }
        rest.removeFirst()
      }
      if !isTouched { continue }
      append(upTo: own.upperBound)
      node.replace(with: fragments)
    }
  }
}

extension MarkdownNode {
  /// Whether it is a part of such a run.
  package var isRunOfText: Bool {
    switch node.kind {
    case .text, .softBreak: true
    default: false
    }
  }
}
