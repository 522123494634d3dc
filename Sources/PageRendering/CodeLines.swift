import BookModel

/// Lines of shown code, with marks at the ends of those that have notes. Whatever is copied of them
/// are the lines alone: a mark stands between elements of code, and cannot be selected.
struct CodeLines {
  /// What ids of lines and notes begin with.
  var anchor: String
  var marks: [LineMark]
  var words: InterfaceWords

  func noteID(_ number: Int) -> String { "\(anchor)-note-\(number)" }
  func lineID(_ number: Int) -> String { "\(anchor)-line-\(number)" }

  /// - Parameters:
  ///   - lines: each with its place in the code.
  ///   - style: the class of elements of code, where they have one.
  func code(_ lines: [(place: Int, html: HTML)], style: String? = nil) -> HTML {
    var parts: [HTML] = []
    var unmarked: [HTML] = []
    func close(isLast: Bool) {
      guard !unmarked.isEmpty else { return }
      parts.append(.tag("code", ["class": style], .group(unmarked.dropLast())))
      if !isLast { parts.append(.text("\n")) }
      unmarked = []
    }
    for line in lines {
      guard let mark = marks.first(where: { $0.line == line.place }) else {
        unmarked += [line.html, .text("\n")]
        continue
      }
      close(isLast: false)
      let classes = [style, "noted"].compactMap(\.self).joined(separator: " ")
      parts += [.tag("code", ["class": classes], line.html), link(mark.number), .text("\n")]
    }
    if unmarked.isEmpty { parts = parts.dropLast() }
    close(isLast: true)
    return .group(parts)
  }

  private func link(_ number: Int) -> HTML {
    .tag(
      "a",
      [
        "class": "line-mark", "id": lineID(number), "href": "#\(noteID(number))",
        "aria-label": words.text("line-note", "\(number)"),
      ], .text("\(number)"))
  }

  /// From a note to its line.
  func wayBack(_ number: Int) -> HTML {
    .tag(
      "a",
      [
        "class": "footnote-backref", "href": "#\(lineID(number))",
        "aria-label": words.text("back-to-line", "\(number)"),
      ], .text("↩"))
  }
}
