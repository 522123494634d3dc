/// What one top-level item of a cell declares, mentions, and may change.
struct ItemFacts {
  enum Kind: Hashable {
    case variable
    case function
    /// A type, protocol or alias.
    case type
    /// Also operators and precedence groups: what may only stand at the top of a file.
    case fileLevel
    case importing(String)
    case statement
  }

  var kind: Kind
  /// In the cell's code, in bytes.
  var range: Range<Int>
  var declares: Set<String> = []
  /// Members that an extension adds.
  var addsMembers: Set<String> = []
  var mentions: Set<String> = []
  var memberMentions: Set<String> = []
  /// Names that take part in a call, which may change what they refer to.
  var calls: Set<String> = []
  /// Names that are assigned to, or passed to be changed.
  var assigns: Set<String> = []
  /// Declared names that hold plain values: nothing that happens elsewhere can change them.
  var plainValues: Set<String> = []
  /// Where an error may leave the item, and where it waits, in bytes.
  var throwsAt: Int?
  var awaitsAt: Int?
  /// Whether it runs where it stands, and an error may leave it.
  var mayThrow: Bool { (kind == .statement || kind == .variable) && throwsAt != nil }
  /// Where there is a regular expression, and where a random number that no seed decides, in bytes.
  var matchesAt: Int?
  var drawsAt: Int?
}
