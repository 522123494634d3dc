/// What other pages show of this one where they refer to it: a page opened from disk may not fetch.
struct PreviewScript {
  var slug: String
  /// Markup by id; the page as a whole stands under an empty one.
  var pieces: [String: String]

  static func path(of slug: String) -> String { "\(slug).preview.js" }

  var bytes: [UInt8] {
    let entries = pieces.sorted { $0.key < $1.key }
      .map { "\(JavaScript.quoted($0.key)): \(JavaScript.quoted($0.value))" }
    return Array(
      """
      (nnbook.previews ??= {})[\(JavaScript.quoted("\(slug).html"))] = {\(
        entries.joined(separator: ",\n"))};

      """.utf8)
  }
}
