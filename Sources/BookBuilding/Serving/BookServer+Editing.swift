import BookModel
import CellRunning
import Foundation

extension BookServer {
  static let chapterPrefix = "/-nnbook/chapter/"
  static let editPrefix = "/-nnbook/edit/"
  static let helpPrefix = "/-nnbook/help/"

  /// Nil for what every served book answers.
  func editingAnswer(_ request: ServedRequest, _ editing: PageEditing) async -> ServedResponse? {
    if let response = editing.access.answer(to: request, port: port) { return response }
    if let slug = Self.slug(request.path, after: Self.chapterPrefix) {
      guard request.method == "GET" else { return Self.notAllowed("GET") }
      return await Self.answer { () async throws(ChapterEditor.Refusal) in
        try await editing.editor.chapter(slug)
      }
    }
    if let slug = Self.slug(request.path, after: Self.helpPrefix) {
      if let refusal = Self.refusal(ofChange: request, editing) { return refusal }
      guard let question = try? JSONDecoder().decode(PageQuestion.self, from: Data(request.body)),
        question.line >= 1, question.character >= 0
      else { return ServedResponse(.badRequest, text: "This is no question about a cell.\n") }
      return await Self.answer { () async throws(ChapterEditor.Refusal) in
        try await editing.help(question, slug)
      }
    }
    guard let slug = Self.slug(request.path, after: Self.editPrefix) else { return nil }
    if let refusal = Self.refusal(ofChange: request, editing) { return refusal }
    guard let change = try? JSONDecoder().decode(ChapterChange.self, from: Data(request.body))
    else { return ServedResponse(.badRequest, text: "This is no change of a chapter.\n") }
    return await Self.answer { () async throws(ChapterEditor.Refusal) in
      try await editing.editor.apply(change, to: slug)
    }
  }

  /// What a page sends with a body, whether it changes something or not.
  private static func refusal(
    ofChange request: ServedRequest, _ editing: PageEditing
  ) -> ServedResponse? {
    guard request.method == "POST" else { return notAllowed("POST") }
    return editing.access.refusal(ofChange: request)
  }

  private static func slug(_ path: String, after prefix: String) -> String? {
    guard path.hasPrefix(prefix) else { return nil }
    return String(path.dropFirst(prefix.count)).removingPercentEncoding ?? ""
  }

  private static func notAllowed(_ method: String) -> ServedResponse {
    var response = ServedResponse(.methodNotAllowed, text: "Only \(method) is answered here.\n")
    response.headers = [("Allow", method)]
    return response
  }

  private static func answer(
    _ body: () async throws(ChapterEditor.Refusal) -> some Encodable
  ) async -> ServedResponse {
    do throws(ChapterEditor.Refusal) {
      return json(.ok, try await body())
    } catch {
      switch error {
      case .unknownChapter: return ServedResponse(.notFound, text: "No such chapter.\n")
      case .outdated(let chapter): return json(.conflict, Outdated(chapter: chapter))
      case .changedOnDisk(let file, let draft):
        return json(.conflict, ChangedOnDisk(file: file, draft: draft))
      case .badLines(let reason): return ServedResponse(.badRequest, text: reason + "\n")
      case .file(let error):
        return ServedResponse(.failed, text: "The chapter's file: \(error.reason)\n")
      }
    }
  }

  private struct Outdated: Encodable { var chapter: EditedChapter }

  private struct ChangedOnDisk: Encodable {
    var file: String
    var draft: String
  }

  private static func json(_ status: ServedResponse.Status, _ value: some Encodable)
    -> ServedResponse
  {
    let bytes = (try? JSONEncoder().encode(value)).map { Array($0) } ?? []
    return ServedResponse(status, type: "application/json", .whole(bytes))
  }
}

/// What `nnbook serve --edit` has beside the pages.
package struct PageEditing: Sendable {
  package let access: EditAccess
  let editor: ChapterEditor
  private let cells: CellHelp?

  /// Why pages cannot be changed on this machine; nil where they can.
  package static var refusal: Diagnostic? { Sandbox.editingRefusal }

  package init(
    book: String, drafts: ChapterDrafts, help: CellHelp? = nil, access: EditAccess = EditAccess()
  ) {
    self.access = access
    editor = ChapterEditor(book: book, drafts: drafts)
    cells = help
  }

  func help(
    _ question: PageQuestion, _ slug: String
  ) async throws(ChapterEditor.Refusal) -> CellHelp.Answer {
    let (path, text) = try await editor.text(of: slug, question.base, question.edits ?? [])
    guard let cells else { return CellHelp.Answer() }
    return await cells.answer(
      CellHelp.Question(
        kind: question.kind, path: path, text: text, line: question.line - 1,
        character: question.character))
  }
}
