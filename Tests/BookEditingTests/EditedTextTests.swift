import BookModel
import Testing

@testable import BookEditing

@Suite struct EditedTextTests {
  @Test func placesSurviveTheWayThereAndBack() {
    let text = EditedText("a😀é\nπ = 3\r\n\nlast")
    for (line, units) in [(0, 4), (1, 5), (2, 0), (3, 4)] {
      for character in 0...units where !(line == 0 && character == 2) {
        let position = EditorPosition(line: line, character: character)
        #expect(text.position(text.place(position)) == position)
      }
    }
  }

  @Test func editsByRangeGiveTheTextOfTheEditor() {
    var text = EditedText("one\ntwo\nthree\n")
    text.replace(
      EditorRange(EditorPosition(line: 0, character: 1), EditorPosition(line: 1, character: 2)),
      with: "😀\n")
    #expect(text.string == "o😀\no\nthree\n")
    #expect(text.lineCount == 4)
  }
}
