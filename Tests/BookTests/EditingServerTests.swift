import Foundation
import HostSystem
import Testing

@testable import BookBuilding

/// What the server of `nnbook serve --edit` hears, and what it does not.
@Suite struct EditingServerTests {
  let folder = try! TemporaryFolder()
  private let drafts = ChapterDrafts()
  private let editing: PageEditing
  private let server: BookServer
  static let text =
    "---\ntitle: A\n---\n\nText.\n\n```swift\nlet a = 1\na\n```\n\n> ```swift\n> a\n> ```\n"

  init() throws {
    try folder.write(Self.text, to: "chapters/01-a.md")
    editing = PageEditing(book: folder.file("chapters"), drafts: drafts)
    server = BookServer(site: ServedSite(), port: 8080, editing: editing)
  }

  private static let host = ["host": "localhost:8080"]

  private func request(
    _ method: String, _ target: String, _ headers: [String: String], body: String = ""
  ) throws -> ServedRequest {
    let lines = headers.map { "\($0): \($1)" }.sorted()
    let head = (["\(method) \(target) HTTP/1.1"] + lines).joined(separator: "\r\n") + "\r\n\r\n"
    var request = try ServedRequest(head: Array(head.utf8))
    request.body = Array(body.utf8)
    return request
  }

  private func cookie() async throws -> String {
    let response = await server.answer(
      try request("GET", "/01-a.html?token=\(editing.access.token)", Self.host))
    #expect(response.status == .seeOther)
    #expect(response.headers.first { $0.name == "Location" }?.value == "/01-a.html")
    let set = try #require(response.headers.first { $0.name == "Set-Cookie" }?.value)
    #expect(set.hasSuffix("; HttpOnly; SameSite=Strict; Path=/"))
    return String(set.prefix { $0 != ";" })
  }

  private func headers() async throws -> [String: String] {
    [
      "host": "localhost:8080", "origin": "http://localhost:8080", "cookie": try await cookie(),
      "content-type": "application/json", "x-nnbook": "edit", "sec-fetch-site": "same-origin",
    ]
  }

  private struct Answer: Decodable {
    struct Lines: Decodable {
      var first: Int
      var lines: [String]
      var saved: [String]?
      var prefix: String?
    }
    var base: String
    var isChanged: Bool
    var isConflict: Bool
    var blocks: [Lines]?
    var cells: [Lines]
  }

  private func send(
    _ body: String, to path: String = "/-nnbook/edit/01-a", _ headers: [String: String]
  ) async throws -> ServedResponse {
    await server.answer(try request("POST", path, headers, body: body))
  }

  private func chapter(_ headers: [String: String]) async throws -> Answer {
    try answer(await server.answer(try request("GET", "/-nnbook/chapter/01-a", headers)))
  }

  private func answer(_ response: ServedResponse) throws -> Answer {
    #expect(response.status == .ok)
    return try JSONDecoder().decode(Answer.self, from: Data(bytes(response)))
  }

  private func bytes(_ response: ServedResponse) -> [UInt8] {
    if case .whole(let bytes) = response.body { bytes } else { [] }
  }

  private func change(
    _ action: String, _ base: String, first: Int = 8, _ line: String = "let a = 2"
  ) -> String {
    "{\"action\":\"\(action)\",\"base\":\"\(base)\",\"edits\":[{\"first\":\(first),\"count\":1,"
      + "\"lines\":[\"\(line)\"]}]}"
  }

  @Test func theTokenIsLongAndNew() {
    let tokens = Set((0..<100).map { _ in EditAccess().token })
    #expect(tokens.count == 100)
    #expect(tokens.allSatisfy { $0.count == 32 })
  }

  @Test func theTokenOfAStartedBrowserIsGoodOnce() async throws {
    let once = try request("GET", "/?token=\(editing.access.openingToken)", Self.host)
    #expect(await server.answer(once).status == .seeOther)
    #expect(await server.answer(once).status == .forbidden)
    // The one that is printed is for whoever closed the page by mistake.
    _ = try await cookie()
    _ = try await cookie()
  }

  @Test func nothingIsShownWithoutTheCookie() async throws {
    let cookie = try await cookie()
    let name = cookie.prefix { $0 != "=" }
    for path in [
      "/", "/01-a.html", "/-nnbook/events", "/-nnbook/reload.js", "/-nnbook/chapter/01-a",
    ] {
      for cookies in [nil, "\(name)=", "\(name)=0", "x\(cookie)", "\(name)=0; \(cookie)"] {
        var headers = Self.host
        headers["cookie"] = cookies
        let response = await server.answer(try request("GET", path, headers))
        #expect(response.status == .forbidden, "\(path) with \(cookies ?? "none")")
        #expect(
          String(decoding: bytes(response), as: UTF8.self)
            == "Open the address that 'nnbook serve --edit' printed.\n")
      }
    }
    for token in ["", "0", String(editing.access.token.dropLast()), editing.access.token + "0"] {
      let response = await server.answer(
        try request("GET", "/?token=\(token)", Self.host))
      #expect(response.status == .forbidden && response.headers.isEmpty)
    }
    // The token is for the browser's first request alone: no address with it changes anything.
    let response = await server.answer(
      try request("POST", "/-nnbook/edit/01-a?token=\(editing.access.token)", Self.host))
    #expect(response.status == .forbidden)
  }

  @Test func questionsAreAnsweredOfWhatIsTypedNow() async throws {
    let server = BookServer(
      site: ServedSite(), port: 8080,
      editing: PageEditing(
        book: folder.file("chapters"), drafts: drafts,
        help: CellHelp { question in
          let lines = String(decoding: question.text, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
          var answer = CellHelp.Answer()
          answer.hover = "\(question.kind) \(question.character) \(lines[question.line])"
          return answer
        }, access: editing.access))
    let good = try await headers()
    let base = try await chapter(good).base
    func answer(_ body: String, _ headers: [String: String], method: String = "POST") async throws
      -> ServedResponse
    {
      await server.answer(try request(method, "/-nnbook/help/01-a", headers, body: body))
    }
    let body =
      "{\"kind\":\"hover\",\"base\":\"\(base)\",\"line\":9,\"character\":3,\"edits\":"
      + "[{\"first\":8,\"count\":1,\"lines\":[\"let a = 2\",\"let b = a\"]}]}"
    let said = try await answer(body, good)
    #expect(said.status == .ok)
    #expect(
      String(decoding: bytes(said), as: UTF8.self)
        == "{\"items\":[],\"hover\":\"hover 3 let b = a\"}"
        || String(decoding: bytes(said), as: UTF8.self)
          == "{\"hover\":\"hover 3 let b = a\",\"items\":[]}"
    )
    // Nothing of it is kept.
    #expect(try await chapter(good).isChanged == false)
    for (name, value) in [
      ("cookie", nil), ("origin", "null"), ("x-nnbook", nil), ("content-type", "text/plain"),
      ("host", "example.com:8080"),
    ] as [(String, String?)] {
      var headers = good
      headers[name] = value
      let status = try await answer(body, headers).status
      #expect(status == .forbidden || status == .unsupportedType, "\(name)")
    }
    #expect(try await answer(body, good, method: "GET").status == .methodNotAllowed)
    #expect(try await answer("{}", good).status == .badRequest)
    #expect(
      try await answer(body.replacingOccurrences(of: base, with: "0"), good).status == .conflict)
    #expect(
      try await answer(body.replacingOccurrences(of: "\"first\":8", with: "\"first\":99"), good)
        .status == .badRequest)
    // Without a language server the answer is empty.
    let none = await self.server.answer(
      try request("POST", "/-nnbook/help/01-a", good, body: body))
    #expect(none.status == .ok && bytes(none).count < 40)
  }

  @Test func forgedChangesAreNotHeard() async throws {
    let good = try await headers()
    let base = try await chapter(good).base
    let body = change("save", base)
    func status(_ changes: [String: String?], method: String = "POST") async throws
      -> ServedResponse.Status
    {
      var headers = good
      for (name, value) in changes { headers[name] = value }
      return await server.answer(
        try request(method, "/-nnbook/edit/01-a", headers, body: body)
      ).status
    }
    #expect(try await status(["cookie": nil]) == .forbidden)
    #expect(try await status(["host": "example.com:8080"]) == .forbidden)
    #expect(try await status(["host": "localhost"]) == .forbidden)
    #expect(try await status(["origin": nil]) == .forbidden)
    #expect(try await status(["origin": "null"]) == .forbidden)
    #expect(try await status(["origin": "https://example.com"]) == .forbidden)
    #expect(try await status(["origin": "http://localhost:8081"]) == .forbidden)
    // Names of one machine are different origins, and their pages are not each other's.
    #expect(try await status(["origin": "http://127.0.0.1:8080"]) == .forbidden)
    #expect(try await status(["sec-fetch-site": "cross-site"]) == .forbidden)
    #expect(try await status(["sec-fetch-site": "same-site"]) == .forbidden)
    #expect(try await status(["content-type": nil]) == .unsupportedType)
    #expect(try await status(["content-type": "text/plain"]) == .unsupportedType)
    #expect(
      try await status(["content-type": "application/x-www-form-urlencoded"]) == .unsupportedType)
    #expect(try await status(["content-type": "multipart/form-data"]) == .unsupportedType)
    #expect(try await status(["x-nnbook": nil]) == .forbidden)
    #expect(try await status(["x-nnbook": "1"]) == .forbidden)
    #expect(try await status([:], method: "GET") == .methodNotAllowed)
    #expect(try await status([:], method: "PUT") == .methodNotAllowed)
    #expect(
      try await send(String(repeating: " ", count: (1 << 20) + 1), good).status == .bodyTooLarge)
    for bad in [
      "", "{}", "[]", "{\"action\":\"run\",\"base\":\"\"}", "a=b", body.replacing("8", with: "8.5"),
    ] {
      #expect(try await send(bad, good).status == .badRequest, "\(bad)")
    }
    for slug in [
      "02-b", "", "../chapters/01-a", "%2e%2e%2fchapters%2f01-a", "01-a.md", "01-a/../01-a", "%00",
      "/etc/passwd", "01-a%00",
    ] {
      #expect(
        try await send(body, to: "/-nnbook/edit/" + slug, good).status == .notFound, "\(slug)")
      let read = await server.answer(try request("GET", "/-nnbook/chapter/" + slug, good))
      #expect(read.status == .notFound)
    }
    #expect(try await send(body, to: "/01-a.html", good).status == .methodNotAllowed)
    #expect(try await send(body, to: "/-nnbook/chapter/01-a", good).status == .methodNotAllowed)
    #expect(try folder.read("chapters/01-a.md") == Self.text)
    #expect(drafts[folder.file("chapters/01-a.md")] == nil)
    #expect(try await status([:]) == .ok)
    #expect(try folder.read("chapters/01-a.md") == Self.text.replacing("a = 1", with: "a = 2"))
  }

  @Test func aServerThatOnlyShowsChangesNothing() async throws {
    let server = BookServer(site: ServedSite(), port: 8080)
    let good = try await headers()
    let response = await server.answer(
      try request("POST", "/-nnbook/edit/01-a", good, body: change("save", "")))
    #expect(response.status == .methodNotAllowed)
    let read = await server.answer(try request("GET", "/-nnbook/chapter/01-a", good))
    #expect(read.status == .notFound)
  }

  @Test func aLinkOutOfTheBookIsNoChapter() async throws {
    try folder.write(Self.text, to: "outside.md")
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("chapters/02-b.md"), withDestinationPath: folder.file("outside.md"))
    let good = try await headers()
    #expect(
      try await send("{\"action\":\"save\",\"base\":\"\"}", to: "/-nnbook/edit/02-b", good).status
        == .notFound)
    #expect(try folder.read("outside.md") == Self.text)
  }

  @Test func aTriedChangeIsShownAndNotSaved() async throws {
    let good = try await headers()
    let before = try await chapter(good)
    #expect(before.cells.map(\.lines) == [["let a = 1", "a"], ["a"]])
    #expect(before.cells.map(\.prefix) == ["", "> "])
    #expect(before.cells.map(\.first) == [8, 13])
    #expect(before.blocks?.map(\.first) == [5, 7, 12])
    let tried = try answer(await send(change("try", before.base), good))
    #expect(tried.isChanged && tried.base != before.base)
    #expect(tried.cells[0].lines == ["let a = 2", "a"])
    #expect(tried.cells[0].saved == ["let a = 1", "a"])
    #expect(tried.cells[1].saved == nil)
    #expect(try folder.read("chapters/01-a.md") == Self.text)
    let path = folder.file("chapters/01-a.md")
    #expect(
      drafts.text(of: path, file: []) == Array(Self.text.replacing("a = 1", with: "a = 2").utf8))
    // A page that knows an older text is told, and nothing is done.
    let old = try await send(change("try", before.base, "let a = 3"), good)
    #expect(old.status == .conflict)
    #expect(String(decoding: bytes(old), as: UTF8.self).hasPrefix("{\"chapter\":"))
    let dropped = try answer(await send("{\"action\":\"discard\",\"base\":\"\"}", good))
    #expect(!dropped.isChanged && dropped.base == before.base)
  }

  @Test func aFileThatChangedIsNotOverwritten() async throws {
    let good = try await headers()
    let tried = try answer(await send(change("try", try await chapter(good).base), good))
    let other = Self.text.replacing("Text.", with: "Other text.")
    try folder.write(other, to: "chapters/01-a.md")
    #expect(try await chapter(good).isConflict)
    let save =
      "{\"action\":\"save\",\"base\":\"\(tried.base)\",\"lines\":{\"first\":8,\"count\":2}}"
    let refused = try await send(save, good)
    #expect(refused.status == .conflict)
    let both = try JSONDecoder().decode([String: String].self, from: Data(bytes(refused)))
    #expect(both["file"] == other)
    #expect(both["draft"] == Self.text.replacing("a = 1", with: "a = 2"))
    #expect(try folder.read("chapters/01-a.md") == other)
    let kept = try answer(await send("{\"action\":\"keep\",\"base\":\"\"}", good))
    #expect(!kept.isConflict && kept.base == tried.base)
    #expect(try answer(await send(save, good)).isChanged)
    #expect(try folder.read("chapters/01-a.md") == other.replacing("a = 1", with: "a = 2"))
  }
}
