#if Remote
  import Foundation
  import HostSystem

  /// By what a server knows a content.
  struct RemoteDigest: Hashable, Sendable {
    /// SHA-256, as 64 hexadecimal digits.
    let hash: String
    let size: Int

    init(_ bytes: [UInt8]) {
      hash = SHA256.digest(of: bytes)
      size = bytes.count
    }

    init(_ message: Messages.Digest) {
      hash = message.hash
      size = Int(message.sizeBytes)
    }

    var message: Messages.Digest {
      var digest = Messages.Digest()
      digest.hash = hash
      digest.sizeBytes = Int64(size)
      return digest
    }

    func fits(_ bytes: [UInt8]) -> Bool {
      bytes.count == size && SHA256.digest(of: bytes) == hash
    }
  }

  extension [UInt8] {
    /// As messages hold it.
    var data: Data { Data(self) }
  }
#endif
