/// What messages of one part of the work say, and what their reader may do.
package struct MessageGroup: Sendable {
  package struct Explanation: Hashable, Sendable {
    /// As they are printed, with `…` for what differs from case to case.
    package let sentences: [String]
    package let advice: String

    init(_ sentences: String..., advice: String) {
      self.sentences = sentences
      self.advice = advice
    }
  }

  package let title: String
  /// Nil for messages of other groups.
  private let find: @Sendable (DiagnosticID) -> Explanation?

  init(title: String, find: @escaping @Sendable (DiagnosticID) -> Explanation?) {
    self.title = title
    self.find = find
  }

  package func explanation(of id: DiagnosticID) -> Explanation? { find(id) }

  /// In the order of a build.
  package static let all = [reading, books, cells, live, pages, sites, engine]
}

extension DiagnosticID {
  /// Nil where no group has a row for it, which is a mistake of this program.
  package var explanation: MessageGroup.Explanation? {
    MessageGroup.all.lazy.compactMap { $0.explanation(of: self) }.first
  }
}
