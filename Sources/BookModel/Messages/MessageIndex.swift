/// All messages as a page of Markdown: `docs/messages.md`.
package enum MessageIndex {
  package static var markdown: String {
    var text = """
      # Messages

      What nnbook says when something is wrong, by the name in brackets at the end of each message, and what
      to do about it. `nnbook explain NAME` prints one of these; `…` stands for what differs from case to case.

      """
    for group in MessageGroup.all {
      text += "\n## \(group.title)\n"
      for id in DiagnosticID.allCases {
        guard let explanation = group.explanation(of: id) else { continue }
        text += "\n### \(id.rawValue)\n\n"
        for sentence in explanation.sentences { text += "- \(literal(sentence))\n" }
        text += "\n\(prose(explanation.advice))\n"
      }
    }
    return text
  }

  /// A code span: a sentence may hold marks of Markdown, and back-quotes.
  private static func literal(_ text: String) -> String {
    text.contains("`") ? "`` \(text) ``" : "`\(text)`"
  }

  /// Prose whose quoted code is code, as GitHub shows it.
  private static func prose(_ text: String) -> String {
    var result = ""
    var isQuoted = false
    for (place, character) in zip(text.indices, text) {
      let before = place > text.startIndex ? text[text.index(before: place)] : " "
      let after = text.index(after: place) < text.endIndex ? text[text.index(after: place)] : " "
      // An apostrophe stands inside a word.
      let opens = !isQuoted && (before == " " || before == "(")
      let closes = isQuoted && !after.isLetter && !after.isNumber
      if character == "'", opens || closes {
        isQuoted.toggle()
        result += "`"
      } else {
        result.append(character)
      }
    }
    return result
  }
}
