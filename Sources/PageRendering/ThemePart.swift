/// A file of the theme that only some pages load: a site has those that its pages load.
package enum ThemePart: String, CaseIterable, Hashable, Sendable {
  case live = "assets/live.js"
  case livePlane = "assets/live-plane.js"
  case predictions = "assets/predictions.js"
  case tabs = "assets/tabs.js"
  case tabsStyle = "assets/tabs.css"
  case termsStyle = "assets/terms.css"
  case figureParts = "assets/parts.css"
  case lineNotes = "assets/line-notes.js"
  case lineNotesStyle = "assets/line-notes.css"
  /// Of a book in another script than Latin: all of its pages load it.
  case languages = "assets/languages.css"

  var path: String { rawValue }
}

extension ThemePart {
  /// What every page of a book in this language loads beside what all pages do.
  static func all(ofLanguage tag: String) -> [ThemePart] {
    let isOther = ["zh", "ja", "ko"].contains(InterfaceWords.primary(tag))
    return isOther || InterfaceWords.isRightToLeft(tag) ? [.languages] : []
  }
}
