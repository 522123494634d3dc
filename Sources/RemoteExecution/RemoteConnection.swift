#if Remote
  import GRPCCore
  import GRPCNIOTransportHTTP2Posix
  import GRPCProtobuf
  import SwiftProtobuf
  import Synchronization

  /// The one connection to a server, made when it is first used and made anew when it is lost; and the
  /// methods that a build calls.
  final class RemoteConnection: Sendable {
    private let client: GRPCClient<HTTP2ClientTransport.Posix>
    private let runs: Task<Void, Never>
    private let metadata: Metadata
    let instance: String

    init(_ request: RemoteRequest) throws {
      let address = request.address
      var security = HTTP2ClientTransport.Posix.TransportSecurity.plaintext
      if address.isSecure {
        let authorities = request.authorities
        security = .tls { tls in
          if let authorities {
            tls.trustRoots = .certificates([.file(path: authorities.file, format: .pem)])
          }
        }
      }
      // A number that was asked for like a name would stand where TLS has none.
      let target: any ResolvableTarget =
        switch address.kind {
        case .name: .dns(host: address.host, port: address.port)
        case .version4: .ipv4(address: address.host, port: address.port)
        case .version6: .ipv6(address: address.host, port: address.port)
        }
      let transport = try HTTP2ClientTransport.Posix(
        target: target, transportSecurity: security,
        config: .defaults { config in
          // A server that comes back is found soon.
          config.backoff.initial = .milliseconds(200)
          config.backoff.max = .seconds(2)
          // Most servers take more frequent ones for an attack.
          config.connection.keepalive = .init(
            time: .seconds(330), timeout: .seconds(20), allowWithoutCalls: false)
        })
      let client = GRPCClient(transport: transport)
      self.client = client
      runs = Task { _ = try? await client.runConnections() }
      var metadata: Metadata = [:]
      // HTTP/2 has names of headers in small letters alone.
      if let identity = request.identity {
        metadata.addString(identity.value, forKey: identity.name.lowercased())
      }
      self.metadata = metadata
      instance = address.instance
    }

    func close() async {
      client.beginGracefulShutdown()
      runs.cancel()
      await runs.value
    }

    private static let package = "build.bazel.remote.execution.v2."
    /// Of a call that waits for no command.
    private static let seconds = 60

    func capabilities(seconds: Int) async throws -> Messages.ServerCapabilities {
      var request = Messages.GetCapabilitiesRequest()
      request.instanceName = instance
      return try await call(Self.package + "Capabilities", "GetCapabilities", request, seconds)
    }

    func result(of action: RemoteDigest) async throws -> Messages.ActionResult {
      var request = Messages.GetActionResultRequest()
      request.instanceName = instance
      request.actionDigest = action.message
      request.inlineStdout = true
      request.inlineStderr = true
      return try await call(Self.package + "ActionCache", "GetActionResult", request)
    }

    func missing(of digests: [RemoteDigest]) async throws -> [RemoteDigest] {
      var request = Messages.FindMissingBlobsRequest()
      request.instanceName = instance
      request.blobDigests = digests.map(\.message)
      let answer: Messages.FindMissingBlobsResponse = try await call(
        Self.package + "ContentAddressableStorage", "FindMissingBlobs", request)
      return answer.missingBlobDigests.map(RemoteDigest.init)
    }

    /// All of them in one message.
    func upload(_ blobs: [(RemoteDigest, [UInt8])]) async throws {
      var request = Messages.BatchUpdateBlobsRequest()
      request.instanceName = instance
      request.requests = blobs.map { digest, bytes in
        var blob = Messages.BatchUpdateBlobsRequest.Request()
        blob.digest = digest.message
        blob.data = bytes.data
        return blob
      }
      let answer: Messages.BatchUpdateBlobsResponse = try await call(
        Self.package + "ContentAddressableStorage", "BatchUpdateBlobs", request)
      for response in answer.responses where response.status.code != 0 {
        throw RPCError(response.status)
      }
    }

    /// All of them in one message; those that the server does not have are not among them.
    func download(_ digests: [RemoteDigest]) async throws -> [(RemoteDigest, [UInt8])] {
      var request = Messages.BatchReadBlobsRequest()
      request.instanceName = instance
      request.digests = digests.map(\.message)
      let answer: Messages.BatchReadBlobsResponse = try await call(
        Self.package + "ContentAddressableStorage", "BatchReadBlobs", request)
      return try answer.responses.compactMap { response in
        if response.status.code == Int32(RPCError.Code.notFound.rawValue) { return nil }
        if response.status.code != 0 { throw RPCError(response.status) }
        return (RemoteDigest(response.digest), Array(response.data))
      }
    }

    private static let pieces = 1 << 19

    /// In pieces.
    func upload(large digest: RemoteDigest, _ bytes: [UInt8]) async throws {
      let name = "\(prefix)uploads/\(Self.identifier())/blobs/\(digest.hash)/\(digest.size)"
      let request = StreamingClientRequest(
        of: Google_Bytestream_WriteRequest.self, metadata: metadata
      ) {
        writer in
        var start = 0
        repeat {
          let end = min(start + Self.pieces, bytes.count)
          var piece = Google_Bytestream_WriteRequest()
          if start == 0 { piece.resourceName = name }
          piece.writeOffset = Int64(start)
          piece.data = Array(bytes[start..<end]).data
          piece.finishWrite = end == bytes.count
          try await writer.write(piece)
          start = end
        } while start < bytes.count
      }
      let size = try await client.clientStreaming(
        request: request,
        descriptor: MethodDescriptor(
          fullyQualifiedService: "google.bytestream.ByteStream", method: "Write"),
        serializer: ProtobufSerializer<Google_Bytestream_WriteRequest>(),
        deserializer: ProtobufDeserializer<Google_Bytestream_WriteResponse>(),
        options: Self.options(seconds: Self.seconds * 10)
      ) { response in try response.message.committedSize }
      guard size == digest.size || size == -1 else {
        throw RPCError(code: .dataLoss, message: "the server took \(size) of \(digest.size) bytes")
      }
    }

    func download(large digest: RemoteDigest) async throws -> [UInt8] {
      var message = Google_Bytestream_ReadRequest()
      message.resourceName = "\(prefix)blobs/\(digest.hash)/\(digest.size)"
      return try await client.serverStreaming(
        request: ClientRequest(message: message, metadata: metadata),
        descriptor: MethodDescriptor(
          fullyQualifiedService: "google.bytestream.ByteStream", method: "Read"),
        serializer: ProtobufSerializer<Google_Bytestream_ReadRequest>(),
        deserializer: ProtobufDeserializer<Google_Bytestream_ReadResponse>(),
        options: Self.options(seconds: Self.seconds * 10)
      ) { response in
        var bytes: [UInt8] = []
        for try await piece in response.messages {
          bytes += piece.data
          // More than was promised is not read to its end.
          guard bytes.count <= digest.size else { break }
        }
        return bytes
      }
    }

    /// Waits until the command has ended, in a queue or at work.
    /// - Parameter named: told the server's name for it as soon as it has one.
    func execute(
      _ action: RemoteDigest, skipsCache: Bool, named: @escaping @Sendable (String) -> Void
    ) async throws -> Messages.ExecuteResponse {
      var message = Messages.ExecuteRequest()
      message.instanceName = instance
      message.actionDigest = action.message
      message.skipCacheLookup = skipsCache
      return try await client.serverStreaming(
        request: ClientRequest(message: message, metadata: metadata),
        descriptor: MethodDescriptor(
          fullyQualifiedService: Self.package + "Execution", method: "Execute"),
        serializer: ProtobufSerializer<Messages.ExecuteRequest>(),
        deserializer: ProtobufDeserializer<Google_Longrunning_Operation>(),
        options: Self.options(seconds: nil)
      ) { response in
        for try await operation in response.messages {
          named(operation.name)
          guard operation.done else { continue }
          switch operation.result {
          case .response(let answer): return try Messages.ExecuteResponse(unpackingAny: answer)
          case .error(let status): throw RPCError(status)
          case nil: break
          }
        }
        throw RPCError(code: .unavailable, message: "it tells no end of a command")
      }
    }

    func cancel(_ operation: String) async throws {
      var request = Google_Longrunning_CancelOperationRequest()
      request.name = operation
      let _: SwiftProtobuf.Google_Protobuf_Empty = try await call(
        "google.longrunning.Operations", "CancelOperation", request, 5)
    }

    private func call<Request: SwiftProtobuf.Message, Response: SwiftProtobuf.Message>(
      _ service: String, _ method: String, _ request: Request,
      _ seconds: Int = RemoteConnection.seconds
    ) async throws -> Response {
      try await client.unary(
        request: ClientRequest(message: request, metadata: metadata),
        descriptor: MethodDescriptor(fullyQualifiedService: service, method: method),
        serializer: ProtobufSerializer<Request>(), deserializer: ProtobufDeserializer<Response>(),
        options: Self.options(seconds: seconds)
      ) { response in try response.message }
    }

    private static func options(seconds: Int?) -> CallOptions {
      var options = CallOptions.defaults
      options.timeout = seconds.map { .seconds($0) }
      options.waitForReady = false
      // What is sent together is less, but servers count in their own way.
      options.maxResponseMessageBytes = 16 << 20
      return options
    }

    private var prefix: String { instance.isEmpty ? "" : instance + "/" }

    /// Of one upload, as servers want it.
    private static func identifier() -> String {
      let digits = (0..<32).map { _ in String(Int.random(in: 0..<16), radix: 16) }.joined()
      var rest = digits[...]
      let parts = [8, 4, 4, 4, 12].map { count in
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
      }
      return parts.joined(separator: "-")
    }
  }

  extension RPCError {
    init(_ status: Google_Rpc_Status) {
      let code = Status.Code(rawValue: Int(status.code)).flatMap { Code($0) } ?? .unknown
      self.init(code: code, message: status.message)
    }
  }
#endif
