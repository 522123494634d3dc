/// Elements of a finished page, by their ids.
struct MarkupPieces {
  private struct OpenPiece {
    var id: String
    var start: Int
    /// How many elements were open around it.
    var depth: Int
    var isHeading: Bool
  }

  /// The markup of each element that was asked for; of a heading, what follows it too.
  private(set) var texts: [String: String] = [:]

  /// What an anchor in a sentence stands for.
  private static let containers: Set<String> = ["p", "li", "dd", "tr"]

  init(_ ids: Set<String>, in markup: String) {
    guard !ids.isEmpty else { return }
    let bytes = Array(markup.utf8)
    var scanner = MarkupScanner(markup)
    var depth = 0
    var open: [OpenPiece] = []
    var containers: [(name: String, start: Int, depth: Int)] = []
    // Headings that wait for the end of what follows them.
    var headings: [OpenPiece] = []
    func finish(_ piece: OpenPiece, at end: Int) {
      if texts[piece.id] == nil {
        texts[piece.id] = String(decoding: bytes[piece.start..<end], as: UTF8.self)
      }
    }
    while let token = try? scanner.next() {
      switch token {
      case .text, .comment: continue
      case .opening(let name, let attributes, let isClosed, let offset):
        let isHeading = name.utf8.count == 2 && name.hasPrefix("h") && name != "hr"
        if isHeading {
          // A section without a beginning is its heading alone.
          for heading in headings where heading.depth == depth { finish(heading, at: offset) }
          headings.removeAll { $0.depth == depth }
        }
        if isClosed || HTML.voidElements.contains(name) { continue }
        if let id = attributes.first(where: { $0.name == "id" })?.value, ids.contains(id) {
          var piece = OpenPiece(id: id, start: offset, depth: depth, isHeading: isHeading)
          if ["a", "span"].contains(name), let around = containers.last {
            (piece.start, piece.depth) = (around.start, around.depth)
          }
          open.append(piece)
        }
        if Self.containers.contains(name) { containers.append((name, offset, depth)) }
        depth += 1
      case .closing(let name, let offset):
        depth -= 1
        if let last = containers.last, last.depth >= depth { containers.removeLast() }
        let end = offset + name.utf8.count + 3
        for piece in open where piece.depth == depth {
          if piece.isHeading { headings.append(piece) } else { finish(piece, at: end) }
        }
        open.removeAll { $0.depth == depth }
        for heading in headings where heading.depth == depth && !name.hasPrefix("h") {
          finish(heading, at: end)
        }
        headings.removeAll { texts[$0.id] != nil }
      }
    }
    for heading in headings { finish(heading, at: bytes.count) }
  }
}
