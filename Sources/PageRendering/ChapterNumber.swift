/// What a chapter is called among the others: chapters count 1, 2, 3, appendices A, B, C.
package struct ChapterNumber: Hashable, Sendable {
  /// From 1, among its own kind.
  let place: Int
  let isAppendix: Bool

  /// As it stands before a title: "3", "B".
  var text: String {
    guard isAppendix else { return "\(place)" }
    // After Z comes AA, as in the columns of a spreadsheet.
    var letters = ""
    var rest = place
    while rest > 0 {
      let letter = UInt8(ascii: "A") + UInt8((rest - 1) % 26)
      letters = String(UnicodeScalar(letter)) + letters
      rest = (rest - 1) / 26
    }
    return letters
  }

  /// As it stands in a sentence: "Chapter 3", "Appendix B".
  func label(in words: InterfaceWords) -> String {
    words.label(isAppendix ? "appendix" : "chapter", text)
  }

  /// The numbers of chapters in their order.
  static func numbers(of chapters: [ChapterOutline]) -> [ChapterNumber] {
    var counts = (chapters: 0, appendices: 0)
    return chapters.map { chapter in
      if chapter.isAppendix { counts.appendices += 1 } else { counts.chapters += 1 }
      return ChapterNumber(
        place: chapter.isAppendix ? counts.appendices : counts.chapters,
        isAppendix: chapter.isAppendix)
    }
  }
}
