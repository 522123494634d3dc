import HostSystem
import Synchronization

/// The digests of a compiled engine's files, kept beside them: a module that a disk has damaged would
/// show as mistakes in the author's cells.
package struct EngineSeal {
  var folder: String

  package static let name = "seal"
  private static let kind = "engine"
  /// Reading a whole engine takes some hundredths of a second; once for a process is enough.
  private static let verified = Mutex<Set<String>>([])

  /// Whether all files are there as they were made.
  var isWhole: Bool {
    if Self.verified.withLock({ $0.contains(folder) }) { return true }
    guard case .whole(let bytes) = SealedFile.read(folder + "/" + Self.name, kind: Self.kind),
      bytes.elementsEqual(Array(text.utf8))
    else { return false }
    Self.verified.withLock { _ = $0.insert(folder) }
    return true
  }

  func write() throws(FileError) {
    try SealedFile.write(Array(text.utf8), kind: Self.kind, to: folder + "/" + Self.name)
  }

  private var text: String {
    let names = FileSystem.files(below: folder).filter { $0 != Self.name }
    return names.map { name in
      let bytes = (try? FileSystem.read(folder + "/" + name)) ?? []
      return "\(ContentHash.of(bytes)) \(name)\n"
    }.joined()
  }
}
