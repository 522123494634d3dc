import HostSystem
import PageRendering

/// What KaTeX answered before, in one file that is read and written whole.
///
/// The file begins with the version of KaTeX; one of another version, or one that is damaged, counts
/// as empty.
package struct FormulaStore: Sendable {
  package private(set) var mathML: [Formula: String] = [:]
  private let path: String
  private let version: String

  /// Beyond this, formulas that the build at hand does not need are dropped.
  private static let limit = 8 << 20

  package init(path: String, version: String) {
    self.path = path
    self.version = version
    guard let place = StoreFolder(Path.folder(of: path)).place([], Path.name(of: path)),
      case .whole(let bytes) = SealedFile.read(place, kind: Self.kind)
    else { return }
    mathML = (try? Self.decoded(bytes, version: version)) ?? [:]
  }

  /// Adds what is new and writes the file; a file that cannot be written is made anew next time.
  package mutating func add(_ new: [Formula: String], used: Set<Formula>) {
    if new.isEmpty { return }
    mathML.merge(new) { $1 }
    var bytes = encoded()
    if bytes.count > Self.limit {
      mathML = mathML.filter { used.contains($0.key) }
      bytes = encoded()
    }
    if let place = try? StoreFolder(Path.folder(of: path)).made([], Path.name(of: path)) {
      try? SealedFile.write(bytes, kind: Self.kind, to: place)
    }
  }

  private static let kind = "formulas-2"

  private func encoded() -> [UInt8] {
    var writer = ByteWriter()
    writer.write(version)
    let sorted = mathML.sorted {
      ($0.key.tex, $0.key.isDisplay ? 1 : 0) < ($1.key.tex, $1.key.isDisplay ? 1 : 0)
    }
    writer.write(each: sorted) { writer, entry in
      writer.write(entry.key.tex)
      writer.write(entry.key.isDisplay ? 1 : 0)
      writer.write(entry.value)
    }
    return writer.bytes
  }

  private static func decoded(
    _ bytes: ArraySlice<UInt8>, version: String
  ) throws(ByteReader.Malformed) -> [Formula: String] {
    var reader = ByteReader(bytes)
    guard try reader.text() == version else { return [:] }
    var found: [Formula: String] = [:]
    _ = try reader.each { reader throws(ByteReader.Malformed) in
      let formula = Formula(tex: try reader.text(), isDisplay: try reader.number() == 1)
      found[formula] = try reader.text()
    }
    return found
  }
}
