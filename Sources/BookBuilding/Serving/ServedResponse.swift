/// What the server answers.
package struct ServedResponse: Sendable {
  package enum Status: Int, Sendable {
    case ok = 200
    case seeOther = 303
    case badRequest = 400
    case forbidden = 403
    case notFound = 404
    case methodNotAllowed = 405
    case conflict = 409
    case bodyTooLarge = 413
    case unsupportedType = 415
    case headTooLarge = 431
    case failed = 500
    case unavailable = 503

    fileprivate var words: String {
      switch self {
      case .ok: "OK"
      case .seeOther: "See Other"
      case .badRequest: "Bad Request"
      case .forbidden: "Forbidden"
      case .notFound: "Not Found"
      case .methodNotAllowed: "Method Not Allowed"
      case .conflict: "Conflict"
      case .bodyTooLarge: "Content Too Large"
      case .unsupportedType: "Unsupported Media Type"
      case .failed: "Internal Server Error"
      case .headTooLarge: "Request Header Fields Too Large"
      case .unavailable: "Service Unavailable"
      }
    }
  }

  package enum Body: Sendable {
    case whole([UInt8])
    /// Until it ends, or nobody listens any more.
    case stream(AsyncStream<[UInt8]>)
  }

  package var status: Status
  package var type: String
  package var body: Body
  package var headers: [(name: String, value: String)] = []

  package init(_ status: Status = .ok, type: String, _ body: Body) {
    self.status = status
    self.type = type
    self.body = body
  }

  package init(_ status: Status, text: String) {
    self.init(status, type: "text/plain", .whole(Array(text.utf8)))
  }

  /// What stands before the body.
  func head(keepsConnection: Bool) -> [UInt8] {
    let isText = type.hasPrefix("text/") || type.hasSuffix("json") || type.hasSuffix("xml")
    var lines = [
      "HTTP/1.1 \(status.rawValue) \(status.words)",
      "Content-Type: \(isText ? type + "; charset=utf-8" : type)", "Cache-Control: no-store",
      // No other page may include what it says, show it in a frame, or take it for something else.
      "Cross-Origin-Resource-Policy: same-origin", "Cross-Origin-Opener-Policy: same-origin",
      "X-Frame-Options: DENY", "X-Content-Type-Options: nosniff", "Referrer-Policy: same-origin",
    ]
    lines += headers.map { "\($0.name): \($0.value)" }
    if case .whole(let bytes) = body { lines.append("Content-Length: \(bytes.count)") }
    if status == .methodNotAllowed, headers.isEmpty { lines.append("Allow: GET, HEAD") }
    if !keepsConnection { lines.append("Connection: close") }
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }
}
