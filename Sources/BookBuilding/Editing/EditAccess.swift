import Foundation
import Synchronization

/// Who may change the book through the server: whoever has the address that it printed, in a page that
/// it sent.
///
/// The address holds a token, for which the browser gets a cookie that scripts cannot read and other
/// sites cannot send. Whoever has neither, other users of this machine among them, sees nothing.
package struct EditAccess: Sendable {
  /// 128 bits.
  package let token: String
  /// Another, which is good once: for a browser that is started with its address, which every user of the
  /// machine can read in the list of processes.
  package let openingToken: String
  private let session: String
  private let hasOpened = Once()

  /// The name and value of the header that pages of other sites cannot send.
  static let header = (name: "x-nnbook", value: "edit")
  /// Bytes of a change.
  static let longestBody = 1 << 20

  package init() {
    token = Self.secret()
    openingToken = Self.secret()
    session = Self.secret()
  }

  private static func secret() -> String {
    // The system's generator, which is made for secrets.
    var generator = SystemRandomNumberGenerator()
    return (0..<2).map { _ in
      let digits = String(generator.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// Cookies know no ports, and another server may stand at another.
  private func cookieName(_ port: UInt16) -> String { "nnbook-edit-\(port)" }

  /// What is said before anything is looked at; nil where the request may go on.
  func answer(to request: ServedRequest, port: UInt16) -> ServedResponse? {
    let given = request.queryItems["token"]
    if request.method == "GET", let given {
      guard Self.equal(given, token) || Self.equal(given, openingToken) && hasOpened.isFirst()
      else {
        return Self.closed
      }
      var response = ServedResponse(.seeOther, text: "")
      response.headers = [
        ("Location", request.path),
        ("Set-Cookie", "\(cookieName(port))=\(session); HttpOnly; SameSite=Strict; Path=/"),
      ]
      return response
    }
    guard let cookie = request.cookies[cookieName(port)], Self.equal(cookie, session) else {
      return Self.closed
    }
    return nil
  }

  private static let closed = ServedResponse(
    .forbidden, text: "Open the address that 'nnbook serve --edit' printed.\n")

  /// Why a request that would change something is not heard; nil where it is.
  func refusal(ofChange request: ServedRequest) -> ServedResponse? {
    guard let host = request.headers["host"]?.lowercased(),
      request.headers["origin"]?.lowercased() == "http://" + host
    else {
      return ServedResponse(.forbidden, text: "Only pages of this server may change the book.\n")
    }
    let type = request.headers["content-type"]?.lowercased().split(separator: ";").first
    guard type?.trimmingCharacters(in: .whitespaces) == "application/json" else {
      return ServedResponse(.unsupportedType, text: "Changes are sent as application/json.\n")
    }
    guard request.headers[Self.header.name] == Self.header.value else {
      return ServedResponse(
        .forbidden, text: "Changes are sent with the header 'X-Nnbook: edit'.\n")
    }
    guard request.body.count <= Self.longestBody else {
      return ServedResponse(.bodyTooLarge, text: "A change has at most 1 MiB.\n")
    }
    return nil
  }

  /// In a time that tells nothing of where two texts differ.
  private static func equal(_ a: String, _ b: String) -> Bool {
    let (a, b) = (Array(a.utf8), Array(b.utf8))
    return a.count == b.count && zip(a, b).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}

/// Something that can be done once.
private final class Once: Sendable {
  private let isDone = Atomic(false)

  func isFirst() -> Bool { !isDone.exchange(true, ordering: .acquiringAndReleasing) }
}
