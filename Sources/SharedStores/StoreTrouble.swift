import BookModel

/// What is wrong with a store as a whole, in words for whoever builds a book.
enum StoreTrouble: Hashable, Sendable {
  case noAnswer
  case unknownName(ofProxy: Bool)
  case nobodyListens
  case noTLS
  case expiredCertificate, certificateOfAnother, unknownCertificate
  /// A document that people read, such as one that asks them to sign in.
  case page
  case elsewhere(status: Int)
  case closed(status: Int, whenAdding: Bool)
  case closedProxy
  /// It can still be read.
  case takesNothing(status: Int)
  /// Nothing can be put where the address says.
  case noSuchPlace(status: Int)
  case status(Int)

  init(_ failure: StoreRequests.Failure) {
    self =
      switch failure {
      case .noAnswer, .tooLong: .noAnswer
      case .unknownName(let ofProxy): .unknownName(ofProxy: ofProxy)
      case .nobodyListens: .nobodyListens
      case .noTLS: .noTLS
      case .untrusted(.expired): .expiredCertificate
      case .untrusted(.ofAnotherServer): .certificateOfAnother
      case .untrusted(.unknown): .unknownCertificate
      }
  }

  /// Of an answer that gives nothing and takes nothing.
  init(status: Int, whenAdding: Bool) {
    self =
      switch (status, whenAdding) {
      case (300..<400, _): .elsewhere(status: status)
      case (401, _), (403, false): .closed(status: status, whenAdding: whenAdding)
      case (407, _): .closedProxy
      case (403, _), (405, _), (413, _), (507, _): .takesNothing(status: status)
      case (404, true), (409, true), (410, true): .noSuchPlace(status: status)
      default: .status(status)
      }
  }

  /// Whether an answer is a document for people: no entry begins so.
  static func isPage(_ bytes: [UInt8]) -> Bool {
    bytes.first { ![0x09, 0x0A, 0x0D, 0x20].contains($0) } == UInt8(ascii: "<")
  }

  enum Consequence { case leftAlone, onlyRead }

  var consequence: Consequence {
    if case .takesNothing = self { .onlyRead } else { .leftAlone }
  }

  var id: DiagnosticID {
    switch self {
    case .closed, .closedProxy, .takesNothing: .storeRefused
    case .expiredCertificate, .certificateOfAnother, .unknownCertificate: .storeUntrusted
    default: .storeUnreachable
    }
  }

  func sentence(_ address: String) -> String {
    let store = "the store '\(address)'"
    let words =
      switch self {
      case .noAnswer: "\(store) gives no whole answer in time"
      case .unknownName(ofProxy: false): "\(store) has a name that is unknown here"
      case .unknownName(ofProxy: true):
        "the proxy that the environment names for \(store) has a name that is unknown here"
      case .nobodyListens: "\(store) cannot be reached: nobody takes connections there"
      case .noTLS: "\(store) does not speak TLS, as 'https' says"
      case .expiredCertificate: "\(store) shows a certificate whose time is over"
      case .certificateOfAnother: "\(store) shows the certificate of another server"
      case .unknownCertificate: "\(store) shows a certificate that is not trusted here"
      case .page: "\(store) answers with a page for people, such as one to sign in"
      case .elsewhere(let status):
        "\(store) sends its clients to another address (status \(status)), where nnbook does not follow"
      case .closed(let status, let whenAdding):
        "\(store) does not let this build \(whenAdding ? "write" : "read") (status \(status))"
      case .closedProxy: "the proxy before \(store) asks who this build is (status 407)"
      case .takesNothing(let status):
        "\(store) takes no results (status \(status)); it is only read"
      case .noSuchPlace(let status):
        "\(store) has no place for results at this address (status \(status))"
      case .status(let status): "\(store) answers with status \(status)"
      }
    return consequence == .onlyRead ? words : words + "; this build goes on without it"
  }
}
