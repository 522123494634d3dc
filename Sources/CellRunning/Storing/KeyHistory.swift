import BookModel
import HostSystem

/// The parts of the key under which a chapter last had results, to say what changed since.
struct KeyHistory: Sendable {
  var folder: String

  private static let kind = "key"

  private func path(_ chapter: Chapter) -> String? {
    StoreFolder(folder).place([Self.part], name(chapter))
  }

  private func name(_ chapter: Chapter) -> String {
    String(ContentHash.of(chapter.path).prefix(32))
  }

  private static let part = "keys"

  func last(of chapter: Chapter) -> CacheKey? {
    guard let path = path(chapter),
      case .whole(let bytes) = SealedFile.read(path, kind: Self.kind)
    else { return nil }
    var reader = ByteReader(bytes)
    let parts = try? reader.each { reader throws(ByteReader.Malformed) in
      let word = try reader.text()
      let name = try reader.text()
      let digest = try reader.text()
      guard let subject = CacheKey.Part.Subject(word, name) else { throw ByteReader.Malformed() }
      return CacheKey.Part(subject: subject, digest: digest)
    }
    return parts.map { CacheKey(parts: $0) }
  }

  func keep(_ key: CacheKey, of chapter: Chapter) throws(FileError) {
    var writer = ByteWriter()
    writer.write(each: key.parts) { writer, part in
      let (word, name) = part.subject.words
      writer.write(word)
      writer.write(name)
      writer.write(part.digest)
    }
    // The same bytes need not be written again.
    if let path = path(chapter),
      SealedFile.read(path, kind: Self.kind) == .whole(writer.bytes[...])
    {
      return
    }
    let path = try StoreFolder(folder).made([Self.part], name(chapter))
    try SealedFile.write(writer.bytes, kind: Self.kind, to: path)
  }
}

extension CacheKey.Part.Subject {
  fileprivate var words: (String, String) {
    switch self {
    case .engine: ("engine", "")
    case .compiler: ("compiler", "")
    case .flags: ("flags", "")
    case .live: ("live", "")
    case .cell(let index): ("cell", "\(index)")
    case .inlineValue(let index): ("inline", "\(index)")
    case .dataFile(let name): ("data", name)
    }
  }

  fileprivate init?(_ word: String, _ name: String) {
    switch (word, Int(name)) {
    case ("engine", _): self = .engine
    case ("compiler", _): self = .compiler
    case ("flags", _): self = .flags
    case ("live", _): self = .live
    case ("cell", let index?): self = .cell(index)
    case ("inline", let index?): self = .inlineValue(index)
    case ("data", _): self = .dataFile(name)
    default: return nil
    }
  }
}
