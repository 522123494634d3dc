import BookModel
import CellRunning
import HostSystem

/// What a site was built from and what it came to, so that a build with nothing changed ends before
/// it begins. Kept only for builds without a single diagnostic: what there is to say is said again.
struct BuildStamp: Sendable {
  private let folder: BookFolder
  private let output: String
  private let store: StoreFolder
  private let name: String
  /// Hash of the chapters, settings and data as they were when this value was made, of the request,
  /// and of everything else that pages depend on.
  private let sources: String
  private let settings: RunSetup.Settings

  /// Nil where the book cannot be read.
  init?(_ request: BuildRequest, output: String) {
    guard let folder = try? BookFolder(request.book) else { return nil }
    self.folder = folder
    // The folder itself may not be there yet.
    let parent = FileSystem.resolved(Path.folder(of: output))
    self.output = FileSystem.resolved(parent + "/" + Path.name(of: output))
    let place = ContentHash.of(FileSystem.resolved(request.book), self.output)
    store = StoreFolder(request.caches.book)
    name = String(place.prefix(32))
    var hash = ContentHash()
    hash.add(
      "\(request.format) \(request.includesDrafts) \(request.sandbox) \(request.live) \(request.book)"
    )
    var names = folder.chapterNames
    if folder.hasSettings { names.append(BookFolder.settingsName) }
    let data = folder.file(BookFolder.dataName)
    names += ((try? FileSystem.everyFile(below: data)) ?? []).map { BookFolder.dataName + "/" + $0 }
    names += BibliographyReader.fileNames(of: folder)
    names += folder.themeNames.map { BookFolder.themeName + "/" + $0 }
    names += folder.staticNames.map { BookFolder.staticName + "/" + $0 }
    for name in names {
      guard let bytes = try? FileSystem.read(folder.file(name)) else { return nil }
      hash.add(name)
      hash.add(bytes)
    }
    hash.add(Self.identityOfTool)
    sources = hash.digest()
    settings = RunSetup.Settings(request)
  }

  /// How many chapters the site has, if it is what its sources give; nil where that is not certain.
  func chaptersIfCurrent() -> Int? {
    guard let path = store.place([Self.part], name),
      case .whole(let bytes) = SealedFile.read(path, kind: Self.kind)
    else { return nil }
    var lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)[...]
    guard lines.popFirst() == sources[...], let count = lines.popFirst().flatMap({ Int($0) }),
      lines.popFirst().map(String.init) == stateOfOutput(), let cells = lines.popFirst()
    else { return nil }
    // Only a book with something to run asks for the compiler and the engine.
    guard cells == Self.noCells || (try? RunSetup(settings))?.identity == String(cells) else {
      return nil
    }
    for line in lines where !line.isEmpty {
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, let bytes = try? FileSystem.read(String(parts[1])),
        ContentHash.of(bytes) == parts[0]
      else { return nil }
    }
    return count
  }

  /// Remembers that the site at the output is what the sources gave.
  /// - Parameter cells: identity of what ran the cells; nil where none ran.
  func record(_ outcome: BookBuild.Outcome, cells: String?) {
    guard outcome.diagnostics.isEmpty, let state = stateOfOutput() else { return }
    var lines = [sources, "\(outcome.chapterCount)", state, cells ?? Self.noCells]
    for (path, hash) in outcome.localFiles.sorted(by: { $0.key < $1.key }) {
      lines.append("\(hash) \(path)")
    }
    // A stamp that cannot be kept costs the next build its time, and nothing else.
    guard let path = try? store.made([Self.part], name) else { return }
    try? SealedFile.write(
      Array((lines.joined(separator: "\n") + "\n").utf8), kind: Self.kind, to: path)
  }

  /// Names, sizes and times of the output's files: whoever edits one changes this.
  private func stateOfOutput() -> String? {
    guard let files = try? FileSystem.everyFile(below: output) else { return nil }
    var hash = ContentHash()
    for file in files {
      guard let status = FileSystem.status(output + "/" + file) else { return nil }
      hash.add(file)
      hash.add(status.fingerprint)
    }
    return hash.digest()
  }
}

extension BuildStamp {
  private static let kind = "stamp"
  private static let part = "stamps"
  private static let noCells = "no cells"

  /// Of everything but the book and what runs its cells that pages depend on.
  private static var identityOfTool: String {
    let tool = RunningProcess.executable.flatMap { FileSystem.status($0) }
    return "\(tool?.fingerprint ?? "")\n\(KaTeX().identity ?? "")"
      + "\n\(Pandoc().identity ?? "")"
  }
}
