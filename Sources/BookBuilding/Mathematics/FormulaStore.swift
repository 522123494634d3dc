import PageRendering

/// What KaTeX answered before, in one file that is read and written whole.
///
/// The file begins with a line that names the format, the version of KaTeX and a checksum of the
/// rest; a file of another version, or one that is damaged, counts as empty.
package struct FormulaStore: Sendable {
  package private(set) var mathML: [Formula: String] = [:]
  private let path: String
  private let version: String

  /// Beyond this, formulas that the build at hand does not need are dropped.
  private static let limit = 8 << 20

  package init(path: String, version: String) {
    self.path = path
    self.version = version
    guard let bytes = try? FileAccess.read(path),
      let end = bytes.firstIndex(of: UInt8(ascii: "\n")),
      String(decoding: bytes[..<end], as: UTF8.self) == header(bytes[(end + 1)...])
    else { return }
    mathML = Self.parse(bytes[(end + 1)...]) ?? [:]
  }

  /// Adds what is new and writes the file; a file that cannot be written is made anew next time.
  package mutating func add(_ new: [Formula: String], used: Set<Formula>) {
    if new.isEmpty { return }
    mathML.merge(new) { $1 }
    var body = Self.text(mathML)
    if body.count > Self.limit {
      mathML = mathML.filter { used.contains($0.key) }
      body = Self.text(mathML)
    }
    let staged = path + ".\(UInt32.random(in: 0 ... .max))"
    do {
      try FileAccess.makeFolder(FileAccess.folder(of: path))
      try FileAccess.write(Array((header(body[...]) + "\n").utf8) + body, to: staged)
      try FileAccess.rename(staged, to: path)
    } catch {
      try? FileAccess.remove(staged)
    }
  }

  private func header(_ body: ArraySlice<UInt8>) -> String {
    "nnbook formulas 2, KaTeX \(version), \(Self.checksum(body))"
  }

  /// Each formula as `D` or `I`, two byte counts, a line end, then TeX and MathML.
  private static func text(_ mathML: [Formula: String]) -> [UInt8] {
    var bytes: [UInt8] = []
    let sorted = mathML.sorted {
      ($0.key.tex, $0.key.isDisplay ? 1 : 0) < ($1.key.tex, $1.key.isDisplay ? 1 : 0)
    }
    for (formula, text) in sorted {
      let kind = formula.isDisplay ? "D" : "I"
      bytes += "\(kind) \(formula.tex.utf8.count) \(text.utf8.count)\n".utf8
      bytes += formula.tex.utf8
      bytes += text.utf8
    }
    return bytes
  }

  private static func parse(_ bytes: ArraySlice<UInt8>) -> [Formula: String]? {
    var found: [Formula: String] = [:]
    var rest = bytes
    while !rest.isEmpty {
      guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      let words = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ")
      rest = rest[(end + 1)...]
      guard words.count == 3, let tex = Int(words[1]), let length = Int(words[2]),
        tex >= 0, length >= 0, tex <= rest.count, length <= rest.count - tex
      else { return nil }
      let formula = Formula(
        tex: String(decoding: rest.prefix(tex), as: UTF8.self), isDisplay: words[0] == "D")
      rest = rest.dropFirst(tex)
      found[formula] = String(decoding: rest.prefix(length), as: UTF8.self)
      rest = rest.dropFirst(length)
    }
    return found
  }

  /// FNV-1a: the file guards against accidents, not against forgers.
  private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }
}
