import CCurl

/// One of curl's handles, which keeps a connection from request to request. Used by one thread at a time.
final class StoreConnection: @unchecked Sendable {
  private let handle = curl_easy_init()

  private static let isPrepared = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// Before there are threads that use it.
  static func prepare() { _ = isPrepared }

  deinit { curl_easy_cleanup(handle) }

  private struct Sink {
    var body: [UInt8] = []
    var limit: Int
    var isFull = false
  }

  func perform(
    _ request: StoreRequests.Request, limit: Int, deadline: Double, authorities: String?
  ) -> Result<StoreRequests.Answer, StoreRequests.Failure> {
    guard let handle else { return .failure(.noAnswer) }
    // Of what was set, not of the connection.
    curl_easy_reset(handle)
    let milliseconds = Int(deadline * 1000)
    curl_set_number(handle, CURLOPT_NOSIGNAL, 1)
    curl_keep_sockets(handle)
    curl_set_number(handle, CURLOPT_CONNECTTIMEOUT_MS, milliseconds)
    curl_set_number(handle, CURLOPT_TIMEOUT_MS, milliseconds * 6)
    // Bytes a second, and for how long fewer may come: a store that trickles costs as little as one that
    // is silent.
    curl_set_number(handle, CURLOPT_LOW_SPEED_LIMIT, 1000)
    curl_set_number(handle, CURLOPT_LOW_SPEED_TIME, max(1, Int(deadline.rounded())))
    curl_set_text(handle, CURLOPT_URL, request.url)
    if let authorities { curl_set_text(handle, CURLOPT_CAINFO, authorities) }

    var headers: UnsafeMutablePointer<curl_slist>?
    for header in request.headers { headers = curl_slist_append(headers, header) }
    defer { curl_slist_free_all(headers) }
    curl_set_pointer(handle, CURLOPT_HTTPHEADER, headers)

    curl_set_writer(handle) { bytes, size, count, place in
      guard let bytes, let sink = place?.assumingMemoryBound(to: Sink.self) else { return 0 }
      let length = size * count
      // Fewer bytes than came end the request.
      guard sink.pointee.body.count + length <= sink.pointee.limit else {
        sink.pointee.isFull = true
        return 0
      }
      sink.pointee.body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: length))
      return length
    }
    var sink = Sink(limit: limit)
    let code = withUnsafeMutablePointer(to: &sink) { sink in
      curl_set_pointer(handle, CURLOPT_WRITEDATA, sink)
      guard let content = request.content else { return curl_easy_perform(handle) }
      curl_set_text(handle, CURLOPT_CUSTOMREQUEST, "PUT")
      curl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(content.count))
      // Not copied.
      return content.withUnsafeBytes { bytes in
        curl_set_pointer(handle, CURLOPT_POSTFIELDS, bytes.baseAddress ?? UnsafeRawPointer(handle))
        return curl_easy_perform(handle)
      }
    }
    if code == CURLE_OK {
      return .success(StoreRequests.Answer(status: Int(curl_status(handle)), body: sink.body))
    }
    if sink.isFull { return .failure(.tooLong(begins: Array(sink.body.prefix(100)))) }
    return .failure(failure(code, handle))
  }

  private func failure(_ code: CURLcode, _ handle: UnsafeMutableRawPointer) -> StoreRequests.Failure
  {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST: .unknownName(ofProxy: false)
    case CURLE_COULDNT_RESOLVE_PROXY: .unknownName(ofProxy: true)
    case CURLE_COULDNT_CONNECT: .nobodyListens
    case CURLE_SSL_CONNECT_ERROR: .noTLS
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR:
      switch curl_uses_openssl() != 0 ? curl_verification(handle) : -1 {
      // The library's own number for a time that is over.
      case 10: .untrusted(.expired)
      // The certificate itself is good; 1 where curl found another name before it noted that.
      case 0, 1: .untrusted(.ofAnotherServer)
      default: .untrusted(.unknown)
      }
    default: .noAnswer
    }
  }
}
