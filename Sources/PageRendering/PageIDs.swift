/// The ids that the page itself gives to its parts.
enum PageIDs {
  static func isTaken(_ id: String) -> Bool {
    if ["contents", "main", "tools", "chapters", "cited-works"].contains(id) { return true }
    let parts = id.utf8.split(
      separator: UInt8(ascii: "-"), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count > 1 else { return false }
    switch String(Substring(parts[0])) {
    case "ref", "fn", "fnref": return true
    case "exercise", "cite": return parts.count == 2 && isNumber(parts[1])
    case "cell": return isNumber(parts[1])
    case "code":
      let rest =
        parts.count == 3
        ? parts[2].split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false) : []
      return isNumber(parts[1]) && rest.count == 2 && isNumber(rest[1])
        && ["line", "note"].contains(String(Substring(rest[0])))
    default: return false
    }
  }

  private static func isNumber(_ text: Substring.UTF8View) -> Bool {
    !text.isEmpty && text.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// For a heading whose words make the id of a part of the page: the next one that is free.
  static func free(_ anchor: String, among anchors: Set<String>) -> String {
    guard isTaken(anchor) else { return anchor }
    var number = 1
    while anchors.contains("section-\(anchor)\(number > 1 ? "-\(number)" : "")") { number += 1 }
    return "section-\(anchor)\(number > 1 ? "-\(number)" : "")"
  }
}
