import HostSystem

/// What `BuildStamp` keeps of a build.
struct StampedSite {
  /// Hash of what the site was built from.
  var sources: String
  var chapterCount: Int
  /// Hash of what could be seen of the site's files.
  var output: String
  /// Identity of what ran the cells; nil where none ran.
  var cells: String?
  /// Digests of the author's own files that are part of the site, by their paths.
  var localFiles: [String: String]
  /// Of the sources and those files, so that nobody reads them who finds them as they were.
  var digests: FileDigests

  private static let kind = "stamp-2"

  func write(to path: String) throws(FileError) {
    var writer = ByteWriter()
    writer.write(sources)
    writer.write(chapterCount)
    writer.write(output)
    writer.write(each: cells.map { [$0] } ?? []) { $0.write($1) }
    writer.write(each: localFiles.sorted { $0.key < $1.key }) { writer, file in
      writer.write(file.key)
      writer.write(file.value)
    }
    digests.write(to: &writer)
    try SealedFile.write(writer.bytes, kind: Self.kind, to: path)
  }

  /// Nil where there is none, or a damaged one.
  init?(at path: String) {
    guard case .whole(let bytes) = SealedFile.read(path, kind: Self.kind),
      let site = try? StampedSite(encoded: bytes)
    else { return nil }
    self = site
  }

  init(
    sources: String, chapterCount: Int, output: String, cells: String?,
    localFiles: [String: String], digests: FileDigests
  ) {
    self.sources = sources
    self.chapterCount = chapterCount
    self.output = output
    self.cells = cells
    self.localFiles = localFiles
    self.digests = digests
  }

  private init(encoded bytes: ArraySlice<UInt8>) throws(ByteReader.Malformed) {
    var reader = ByteReader(bytes)
    sources = try reader.text()
    chapterCount = try reader.number()
    output = try reader.text()
    cells = try reader.each { reader throws(ByteReader.Malformed) in try reader.text() }.first
    let files = try reader.each { reader throws(ByteReader.Malformed) in
      (try reader.text(), try reader.text())
    }
    localFiles = Dictionary(files, uniquingKeysWith: { $1 })
    digests = try FileDigests(from: &reader)
    guard reader.isAtEnd else { throw ByteReader.Malformed() }
  }
}
