import HostSystem
import PageRendering

/// What pandoc answered last, in one file that is read and written whole.
///
/// The file begins with a hash of all that was asked; one of another question, or one that is damaged,
/// counts as empty.
package struct CitationStore: Sendable {
  private let path: String

  package init(path: String) { self.path = path }

  private static let kind = "citations-1"

  package func works(for key: String) -> CitedWorks? {
    guard let place = StoreFolder(Path.folder(of: path)).place([], Path.name(of: path)),
      case .whole(let bytes) = SealedFile.read(place, kind: Self.kind)
    else { return nil }
    return try? Self.decoded(bytes, key: key)
  }

  /// A file that cannot be written is made anew next time.
  package func keep(_ works: CitedWorks, for key: String) {
    var writer = ByteWriter()
    writer.write(key)
    writer.write(each: works.groups.sorted { $0.key < $1.key }) { writer, group in
      writer.write(group.key)
      writer.write(each: group.value) { writer, piece in
        switch piece {
        case .markup(let markup):
          writer.write(0)
          writer.write("")
          writer.write(markup)
        case .work(let key, let markup):
          writer.write(1)
          writer.write(key)
          writer.write(markup)
        }
      }
    }
    writer.write(each: works.entries) { writer, entry in
      writer.write(entry.key)
      writer.write(entry.markup)
    }
    if let place = try? StoreFolder(Path.folder(of: path)).made([], Path.name(of: path)) {
      try? SealedFile.write(writer.bytes, kind: Self.kind, to: place)
    }
  }

  private static func decoded(
    _ bytes: ArraySlice<UInt8>, key: String
  ) throws(ByteReader.Malformed) -> CitedWorks? {
    var reader = ByteReader(bytes)
    guard try reader.text() == key else { return nil }
    var groups: [String: [CitedWorks.Piece]] = [:]
    _ = try reader.each { reader throws(ByteReader.Malformed) in
      let text = try reader.text()
      groups[text] = try reader.each { reader throws(ByteReader.Malformed) in
        let isWork = try reader.number() == 1
        let key = try reader.text()
        let markup = try reader.text()
        return isWork ? CitedWorks.Piece.work(key: key, markup: markup) : .markup(markup)
      }
    }
    let entries = try reader.each { reader throws(ByteReader.Malformed) in
      CitedWorks.Entry(key: try reader.text(), markup: try reader.text())
    }
    return CitedWorks(groups: groups, entries: entries)
  }
}
