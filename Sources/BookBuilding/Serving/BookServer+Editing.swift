import BookModel
import CellRunning
import Foundation

extension BookServer {
  static let chapterPrefix = "/-nnbook/chapter/"
  static let editPrefix = "/-nnbook/edit/"

  /// Nil for what every served book answers.
  func editingAnswer(_ request: ServedRequest, _ editing: PageEditing) async -> ServedResponse? {
    if let response = editing.access.answer(to: request, port: port) { return response }
    if let slug = Self.slug(request.path, after: Self.chapterPrefix) {
      guard request.method == "GET" else { return Self.notAllowed("GET") }
      return await Self.answer { () async throws(ChapterEditor.Refusal) in
        try await editing.editor.chapter(slug)
      }
    }
    guard let slug = Self.slug(request.path, after: Self.editPrefix) else { return nil }
    guard request.method == "POST" else { return Self.notAllowed("POST") }
    if let refusal = editing.access.refusal(ofChange: request) { return refusal }
    guard let change = try? JSONDecoder().decode(ChapterChange.self, from: Data(request.body))
    else { return ServedResponse(.badRequest, text: "This is no change of a chapter.\n") }
    return await Self.answer { () async throws(ChapterEditor.Refusal) in
      try await editing.editor.apply(change, to: slug)
    }
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
    _ body: () async throws(ChapterEditor.Refusal) -> EditedChapter
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
  package let access = EditAccess()
  let editor: ChapterEditor

  /// Why pages cannot be changed on this machine; nil where they can.
  package static var refusal: Diagnostic? { Sandbox.editingRefusal }

  package init(book: String, drafts: ChapterDrafts) {
    editor = ChapterEditor(book: book, drafts: drafts)
  }
}
