import Synchronization

/// The chapters that somebody changes in the page and has not saved. What they hold is shown, and run,
/// in the place of their files.
package final class ChapterDrafts: Sendable {
  private let drafts = Mutex<[String: ChapterDraft]>([:])
  private let change: AsyncStream<Void>.Continuation
  /// One element after changes; those that nobody took in time are one.
  let changes: AsyncStream<Void>

  package init() {
    (changes, change) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// By the path of its chapter; nil where the file is shown as it is.
  subscript(path: String) -> ChapterDraft? {
    get { drafts.withLock { $0[path] } }
    set {
      let isNew = drafts.withLock { drafts in
        let kept = newValue.flatMap { $0.isChanged ? $0 : nil }
        defer { drafts[path] = kept }
        return drafts[path]?.text != kept?.text
      }
      if isNew { change.yield() }
    }
  }

  /// What is to be read of a chapter.
  func text(of path: String, file: [UInt8]) -> [UInt8] { self[path]?.text ?? file }
}
