import HostSystem

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
    case .staged(let path): return try FileSystem.read(path)
    case .failed(let error): throw error
    }
  }
}

/// Where the files of a site go as they are made.
enum SiteKeeping: Sendable {
  case inMemory
  case on(SiteStage)
  /// The book has errors, so that nobody will ask for them.
  case nowhere

  func keep(_ bytes: [UInt8], at path: String) -> SiteFile {
    switch self {
    case .inMemory: .bytes(bytes)
    case .on(let stage): stage.keep(bytes, at: path)
    case .nowhere: .bytes([])
    }
  }

  func keep(_ files: [String: [UInt8]]) -> [String: SiteFile] {
    Dictionary(uniqueKeysWithValues: files.map { path, bytes in (path, keep(bytes, at: path)) })
  }
}
