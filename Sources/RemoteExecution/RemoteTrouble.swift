#if Remote
  import BookModel
  import GRPCCore

  /// What is wrong with a server, in words for somebody who builds a book.
  struct RemoteTrouble {
    private let error: RPCError
    /// What the layers below said, which have no types of their own here.
    private let below: String

    init(_ error: RPCError) {
      self.error = error
      below = error.cause.map { "\($0)" } ?? ""
    }

    /// Of the meeting of two ends of TLS; nil where it is not that.
    private var ofTLS: String? {
      if below.contains("CERTIFICATE_VERIFY_FAILED") {
        return "its certificate is not trusted here, or its time is over"
      }
      if below.contains("ailedToValidateHostname") {
        return "it shows the certificate of another server"
      }
      if below.contains("WRONG_VERSION_NUMBER") {
        return "it does not speak TLS, as 'grpcs' says"
      }
      return nil
    }

    /// Whether another try would give the same.
    var isLasting: Bool { ofTLS != nil }

    var failure: RemoteFailure {
      if let ofTLS { return .failed(ofTLS) }
      let reason =
        switch error.code {
        case .unavailable: "it gives no answer"
        case .unauthenticated, .permissionDenied: "it does not let this build in"
        case .resourceExhausted: "it has no room"
        case .unimplemented: "it does not do what this needs"
        case .deadlineExceeded: "it does not answer in time"
        case .notFound, .failedPrecondition: "it loses what it was sent"
        default: "it answers with the error '\(error.code)'"
        }
      return .failed(said.isEmpty ? reason : "\(reason): \(said)")
    }

    /// The server's own words, or those of the connection.
    private var said: String {
      let waiting =
        "Channel is in a transient failure state and 'wait for ready' isn't enabled."
      let message = error.message.replacing(waiting, with: "")
      let line = message.split(whereSeparator: \.isNewline).first?.prefix(200) ?? ""
      // A terminal takes signs below the space for orders.
      let shown = line.drop { $0 == " " }.filter {
        $0.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
      }
      return shown.last == "." ? String(shown.dropLast()) : String(shown)
    }
  }
#endif
