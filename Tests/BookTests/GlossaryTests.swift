import BookBuilding
import Foundation
import HostSystem
import Testing

/// The glossary keeps the form that lets a reader find a term.
@Suite struct GlossaryTests {
  let entries: [Entry]

  struct Entry: Hashable {
    var anchor: String
    var term: String
    var text: String
  }

  init() throws {
    let path = CommandRun.packageRoot + "/chapters/21-glossary.md"
    let text = String(decoding: try FileSystem.read(path), as: UTF8.self)
    entries = text.split(separator: "\n\n").compactMap { paragraph in
      guard let match = paragraph.firstMatch(of: /^<a id="([^"]+)"><\/a>\*\*([^*]+)\.\*\*/) else {
        return nil
      }
      return Entry(
        anchor: String(match.1), term: String(match.2),
        text: String(paragraph[match.range.upperBound...]))
    }
  }

  @Test func theTermsAreInAlphabeticalOrder() {
    let terms = entries.map { $0.term.lowercased() }
    #expect(terms.count > 60)
    #expect(terms == terms.sorted())
  }

  @Test func everyAnchorIsTheTerm() {
    for entry in entries {
      let words = entry.term.lowercased().replacing(/\s\(.*\)/, with: "")
      #expect(words.replacing(" ", with: "-").hasPrefix(entry.anchor), "\(entry.term)")
    }
    #expect(Set(entries.map(\.anchor)).count == entries.count)
  }

  @Test func anEntryIsShortAndLeadsSomewhere() {
    for entry in entries {
      #expect(entry.text.count < 450, "\(entry.term): \(entry.text.count) characters")
      #expect(entry.text.contains("]("), "\(entry.term) leads nowhere")
    }
  }
}
