/// The ids that the page itself gives to its parts.
enum PageIDs {
  static func isTaken(_ id: String) -> Bool {
    if ["contents", "main", "tools", "chapters", "cited-works"].contains(id) { return true }
    return id.wholeMatch(
      of:
        /(cell-[0-9]+(-.*)?|code-[0-9]+-(?:line|note)-[0-9]+|exercise-[0-9]+|cite-[0-9]+|ref-.*|fn-.*|fnref-.*)/
    ) != nil
  }

  /// For a heading whose words make the id of a part of the page: the next one that is free.
  static func free(_ anchor: String, among anchors: Set<String>) -> String {
    guard isTaken(anchor) else { return anchor }
    var number = 1
    while anchors.contains("section-\(anchor)\(number > 1 ? "-\(number)" : "")") { number += 1 }
    return "section-\(anchor)\(number > 1 ? "-\(number)" : "")"
  }
}
