/// A group of citations in a document's tree.
package struct PlacedCitation {
  package var group: CitationGroup
  /// Of each key with its `@`, in the document's bytes; nil where the text has no place, or was written
  /// with references to characters.
  package var keyOffsets: [Range<Int>?]
  /// The text that holds its beginning.
  package var node: MarkdownNode
  fileprivate var run: [MarkdownNode]
  fileprivate var range: Range<Int>
}

extension MarkdownDocument {
  /// In the order of the text. None within links and images, which cannot hold other links.
  package var citations: [PlacedCitation] {
    guard text.contains(UInt8(ascii: "@")) else { return [] }
    var found: [PlacedCitation] = []
    var seen: Set<MarkdownNode> = []
    for node in nodes {
      // Every parent is read once, as a whole.
      guard case .text = node.kind, let parent = node.parent, seen.insert(parent).inserted,
        !parent.isWithinLink
      else { continue }
      found += citations(in: parent)
    }
    return found
  }

  private func citations(in parent: MarkdownNode) -> [PlacedCitation] {
    var found: [PlacedCitation] = []
    var run: [MarkdownNode] = []
    func end() {
      found += citations(inRun: run)
      run = []
    }
    for child in parent.children {
      switch child.kind {
      case .text, .softBreak: run.append(child)
      default: end()
      }
    }
    end()
    return found
  }

  /// - Parameter run: texts and breaks between them.
  private func citations(inRun run: [MarkdownNode]) -> [PlacedCitation] {
    var bytes: [UInt8] = []
    var sources: [Int?] = []
    var escaped: Set<Int> = []
    var starts: [(offset: Int, node: MarkdownNode)] = []
    for node in run {
      starts.append((bytes.count, node))
      guard case .text(let literal) = node.kind else {
        bytes.append(.lineFeed)
        sources.append(nil)
        continue
      }
      let places = sourceOffsets(of: literal, node)
      for (i, place) in places.enumerated() where place.isEscaped {
        escaped.insert(bytes.count + i)
      }
      bytes += literal.utf8
      sources += places.map(\.offset)
    }
    guard bytes.contains(UInt8(ascii: "@")) else { return [] }
    return CitationScanner(bytes: bytes, escaped: escaped).all.map { found in
      PlacedCitation(
        group: found.group,
        keyOffsets: found.keyRanges.map { range in
          sources[range.lowerBound].map { $0..<$0 + range.count }
        },
        node: starts.last { $0.offset <= found.range.lowerBound }?.node ?? run[0], run: run,
        range: found.range)
    }
  }

  private func sourceOffsets(
    of literal: String, _ node: MarkdownNode
  ) -> [(offset: Int?, isEscaped: Bool)] {
    let words = Array(literal.utf8)
    guard words.contains(UInt8(ascii: "@")) || words.contains(UInt8(ascii: "[")),
      let range = node.range
    else { return words.map { _ in (nil, false) } }
    var source = lines.offset(of: range.start)
    let end = lines.offset(of: range.end)
    var places: [(Int?, Bool)] = []
    for byte in words {
      if source + 1 < end, text[source] == .backslash, text[source + 1] == byte {
        places.append((source + 1, true))
        source += 2
      } else if source < end, text[source] == byte {
        places.append((source, false))
        source += 1
      } else {
        break
      }
    }
    return places + Array(repeating: (nil, false), count: words.count - places.count)
  }

  /// Puts something in the place of citations.
  ///
  /// - Parameter citations: of this document, in the order of the text, as it was found.
  /// - Parameter html: nil leaves the text as it is.
  package func replace(_ citations: [PlacedCitation], with html: (PlacedCitation) -> String?) {
    var pieces: [MarkdownNode: [(range: Range<Int>, html: String)]] = [:]
    var runs: [[MarkdownNode]] = []
    for citation in citations {
      guard let html = html(citation), let first = citation.run.first else { continue }
      // The places of what stands around are found while the text is whole.
      _ = first.range
      if pieces[first] == nil { runs.append(citation.run) }
      pieces[first, default: []].append((citation.range, html))
    }
    for run in runs { TextRun(run).replace(pieces[run[0]] ?? []) }
  }
}

extension MarkdownNode {
  fileprivate var isWithinLink: Bool {
    var node: MarkdownNode? = self
    while let current = node {
      switch current.kind {
      case .link, .image: return true
      default: node = current.isBlock ? nil : current.parent
      }
    }
    return false
  }
}
