/// A request or notification of an editor.
struct Message: Sendable {
  /// Nil for a notification.
  var id: JSON?
  var method: String
  var parameters: JSON

  /// Nil for answers, and for what is no message.
  init?(_ json: JSON) {
    guard let method = json["method"]?.text else { return nil }
    self.method = method
    id = json["id"]
    parameters = json["params"] ?? .null
  }

  static func request(_ id: JSON, _ method: String, _ parameters: JSON) -> JSON {
    ["jsonrpc": "2.0", "id": id, "method": .string(method), "params": parameters]
  }

  static func notification(_ method: String, _ parameters: JSON) -> JSON {
    ["jsonrpc": "2.0", "method": .string(method), "params": parameters]
  }

  static func answer(_ id: JSON, _ result: JSON) -> JSON {
    ["jsonrpc": "2.0", "id": id, "result": result]
  }

  static func refusal(_ id: JSON, _ failure: Failure) -> JSON {
    [
      "jsonrpc": "2.0", "id": id,
      "error": ["code": .integer(failure.code), "message": .string(failure.message)],
    ]
  }

  /// Why a request has no result.
  struct Failure: Error, Hashable, Sendable {
    var code: Int
    var message: String

    static let cancelled = Failure(code: -32800, message: "request cancelled")
    static let contentModified = Failure(
      code: -32801, message: "the text changed while the answer was made")
    static let swiftServerEnded = Failure(
      code: -32803, message: "the Swift server ended; try again")
    static let shutDown = Failure(code: -32600, message: "nothing is answered after 'shutdown'")
    static let notInitialized = Failure(code: -32002, message: "'initialize' comes first")

    static func unknownMethod(_ name: String) -> Failure {
      Failure(code: -32601, message: "method '\(name)' is not known here")
    }

    static func invalid(_ what: String) -> Failure { Failure(code: -32602, message: what) }
  }
}
