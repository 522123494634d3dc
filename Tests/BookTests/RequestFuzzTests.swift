import Fuzz
import Testing

@testable import BookBuilding

/// Heads of requests as no browser sends them.
@Suite struct RequestFuzzTests {
  private static let head =
    "GET /a.html?x=1 HTTP/1.1\r\nHost: localhost:8080\r\nOrigin: http://localhost:8080\r\n"
    + "Sec-Fetch-Site: same-origin\r\nConnection: keep-alive\r\n\r\n"

  @Test func aHeadIsReadAsWhatItSays() throws {
    let request = try ServedRequest(head: Array(Self.head.utf8))
    #expect(request.method == "GET" && request.path == "/a.html" && request.keepsConnection)
    #expect(request.headers["host"] == "localhost:8080")
    #expect(RequestCheck(port: 8080).refusal(of: request) == nil)
    #expect(RequestCheck(port: 8081).refusal(of: request) != nil)
  }

  @Test func noVariantIsAnsweredThatNamesAnotherPlace() {
    let found = FuzzRun.firstMistake(
      seeds: [Array(Self.head.utf8)],
      tokens: [
        "Host: example.com\r\n", "\r\n", "\n", ":", " ", "\0", "Origin: null\r\n", "HTTP/1.0",
        "Sec-Fetch-Site: cross-site\r\n", "example.com", "\u{C3}", "\t",
      ]
    ) { bytes in
      guard let request = try? ServedRequest(head: bytes),
        RequestCheck(port: 8080).refusal(of: request) == nil
      else { return nil }
      let host = request.headers["host"]?.lowercased() ?? ""
      if !["localhost:8080", "127.0.0.1:8080", "[::1]:8080"].contains(host) { return host }
      let site = request.headers["sec-fetch-site"]
      return site == nil || site == "same-origin" || site == "none" ? nil : site
    }
    #expect(found == nil)
  }
}
