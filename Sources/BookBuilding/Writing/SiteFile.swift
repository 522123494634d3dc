/// One file of a site that is not in place yet.
package enum SiteFile: Hashable, Sendable {
  case bytes([UInt8])
  /// On disk already, at this path of the stage.
  case staged(String)
  /// What the stage did not take, which the writer of the site tells.
  case failed(FileError)

  package var inMemory: [UInt8]? {
    switch self {
    case .bytes(let bytes): bytes
    case .staged, .failed: nil
    }
  }

  /// Its contents, wherever they are.
  func read() throws(FileError) -> [UInt8] {
    switch self {
    case .bytes(let bytes): return bytes
    case .staged(let path): return try FileAccess.read(path)
    case .failed(let error): throw error
    }
  }
}

/// A file that is made part by part. On a stage, it is never in memory as a whole.
struct GrowingFile {
  private let path: String
  private let stage: SiteStage?
  private var pending: [UInt8]
  /// As far as it is on the stage.
  private var staged: SiteFile?

  init(_ path: String, _ start: [UInt8], stage: SiteStage?) {
    self.path = path
    self.stage = stage
    pending = start
  }

  mutating func append(_ bytes: [UInt8]) {
    pending += bytes
    if pending.count >= 1 << 18 { flush() }
  }

  mutating func finish() -> SiteFile {
    guard let stage else { return .bytes(pending) }
    if staged == nil { return stage.keep(pending, at: path) }
    flush()
    return staged ?? .bytes(pending)
  }

  private mutating func flush() {
    guard let file = stage?.append(pending, to: path, isFirst: staged == nil) else { return }
    if case .failed? = staged {} else { staged = file }
    pending.removeAll(keepingCapacity: true)
  }
}
