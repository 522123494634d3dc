import BookModel

/// What an editor asks of the files that fences may show.
extension IncludedFiles {
  /// Paths that may stand after `from=`.
  package var paths: [String] { names() }

  /// Names that may stand after `#`, each with the line that begins the snippet, counted from 0.
  package func snippets(of path: String) -> [(name: String, line: Int)] {
    guard let bytes = try? read(ShownPieces.path(in: path)),
      let source = SourceText.read(bytes, path: path).0
    else { return [] }
    return Snippets((1...source.lines.count).map { source.text(ofLine: $0) }).beginnings
  }

  /// Nil where a fence would be told what is wrong.
  package func piece(_ from: String) -> Inclusion.Piece? {
    var pieces = ShownPieces(self)
    return try? pieces.piece(from).get()
  }
}
