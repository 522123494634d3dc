import BookModel
import HostSystem

/// What a page asks to be done with a chapter.
struct ChapterChange: Decodable, Sendable {
  enum Action: String, Decodable, Sendable {
    /// Show and run the changed text; the file stays.
    case attempt = "try"
    /// Write the changes of some lines, or all, into the file.
    case save
    /// Drop all changes.
    case discard
    /// Go on with the changes on top of what the file is now.
    case keep
  }

  /// Lines, from 1.
  struct Lines: Decodable, Sendable {
    var first: Int
    var count: Int
  }

  var action: Action
  /// The `base` of the text whose lines the edits name.
  var base: String
  var edits: [ChapterDraft.Edit]?
  /// Of the text after the edits, what to save; nil for all.
  var lines: Lines?
}

/// Changes chapters as pages ask, one at a time.
package actor ChapterEditor {
  enum Refusal: Error, Sendable {
    case unknownChapter
    /// The page speaks of another text than there is.
    case outdated(EditedChapter)
    /// The file was changed by somebody else: its text, and the one that was to be saved.
    case changedOnDisk(file: String, draft: String)
    case badLines(String)
    case file(FileError)
  }

  private let book: String
  private let drafts: ChapterDrafts

  package init(book: String, drafts: ChapterDrafts) {
    self.book = book
    self.drafts = drafts
  }

  func chapter(_ slug: String) throws(Refusal) -> EditedChapter {
    let (path, file) = try read(slug)
    return edited(path, file)
  }

  func apply(_ change: ChapterChange, to slug: String) throws(Refusal) -> EditedChapter {
    let (path, file) = try read(slug)
    var draft = drafts[path] ?? ChapterDraft(of: file)
    switch change.action {
    case .discard:
      drafts[path] = nil
    case .keep:
      drafts[path] = draft.onTop(of: file)
    case .attempt, .save:
      guard change.base == draft.identity else { throw .outdated(edited(path, file)) }
      try Self.apply(change.edits ?? [], to: &draft)
      // What was typed is shown, whether it can be saved or not.
      drafts[path] = draft
      if change.action == .save { try save(draft, change.lines, path, file) }
    }
    let now = try read(slug).file
    return edited(path, now)
  }

  /// The chapter with what is typed in a page and not tried yet; nothing of it is kept.
  func text(of slug: String, _ base: String, _ edits: [ChapterDraft.Edit]) throws(Refusal) -> (
    path: String, bytes: [UInt8]
  ) {
    let (path, file) = try read(slug)
    var draft = drafts[path] ?? ChapterDraft(of: file)
    guard base == draft.identity else { throw .outdated(edited(path, file)) }
    try Self.apply(edits, to: &draft)
    return (path, draft.text)
  }

  private static func apply(
    _ edits: [ChapterDraft.Edit], to draft: inout ChapterDraft
  ) throws(Refusal) {
    do throws(ChapterDraft.Refusal) {
      try draft.apply(edits)
    } catch {
      throw .badLines(
        error == .noLine
          ? "a line holds an end of a line, or a NUL" : "the chapter has no such lines")
    }
  }

  private func save(
    _ draft: ChapterDraft, _ lines: ChapterChange.Lines?, _ path: String, _ file: [UInt8]
  ) throws(Refusal) {
    guard draft.file.bytes == file else {
      throw .changedOnDisk(
        file: String(decoding: file, as: UTF8.self),
        draft: String(decoding: draft.text, as: UTF8.self))
    }
    var range: Range<Int>?
    if let lines {
      guard lines.first >= 1, lines.count >= 0, lines.first - 1 <= draft.lineCount,
        lines.count <= draft.lineCount - (lines.first - 1)
      else { throw .badLines("the chapter has no such lines") }
      range = lines.first - 1..<lines.first - 1 + lines.count
    }
    let saved = draft.saving(range)
    if saved.file.bytes != file {
      do throws(FileError) {
        try FileSystem.replaceContents(of: path, with: saved.file.bytes)
      } catch {
        throw .file(error)
      }
    }
    drafts[path] = saved
  }

  private func edited(_ path: String, _ file: [UInt8]) -> EditedChapter {
    let draft = drafts[path] ?? ChapterDraft(of: file)
    return EditedChapter(draft, path: path, isConflict: draft.file.bytes != file)
  }

  /// Only what is a chapter of the book now, and not a link that leads out of it, has a name here.
  private func read(_ slug: String) throws(Refusal) -> (path: String, file: [UInt8]) {
    guard let folder = try? BookFolder(book), folder.chapterNames.contains(slug + ".md"),
      LeavingLink.all(in: folder).isEmpty
    else { throw .unknownChapter }
    let path = folder.file(slug + ".md")
    do throws(FileError) {
      return (path, try FileSystem.read(path))
    } catch {
      throw .file(error)
    }
  }
}
