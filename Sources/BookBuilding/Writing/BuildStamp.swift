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
  /// Of the last build.
  private let before: StampedSite?
  /// Of the sources.
  private let digests: FileDigests

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
    before = store.place([Self.part], name).flatMap { StampedSite(at: $0) }
    var digests = before.map { FileDigests(after: $0.digests) } ?? FileDigests()
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
      guard let digest = digests.digest(of: folder.file(name)) else { return nil }
      hash.add(name)
      hash.add(digest)
    }
    hash.add(Self.identityOfTool)
    self.digests = digests
    sources = hash.digest()
    settings = RunSetup.Settings(request)
  }

  /// How many chapters the site has, if it is what its sources give; nil where that is not certain.
  func chaptersIfCurrent() -> Int? {
    guard let before, before.sources == sources, before.output == stateOfOutput() else {
      return nil
    }
    // Only a book with something to run asks for the compiler and the engine.
    if let cells = before.cells, (try? RunSetup(settings))?.identity != cells { return nil }
    var digests = digests
    for (path, digest) in before.localFiles {
      guard digests.digest(of: path) == digest else { return nil }
    }
    if digests.hasLearned {
      var site = before
      site.digests = digests
      keep(site)
    }
    return before.chapterCount
  }

  /// Remembers that the site at the output is what the sources gave.
  /// - Parameter cells: identity of what ran the cells; nil where none ran.
  func record(_ outcome: BookBuild.Outcome, cells: String?) {
    guard outcome.diagnostics.isEmpty, let state = stateOfOutput() else { return }
    keep(
      StampedSite(
        sources: sources, chapterCount: outcome.chapterCount, output: state, cells: cells,
        localFiles: outcome.localFiles, digests: digests))
  }

  /// A stamp that cannot be kept costs the next build its time, and nothing else.
  private func keep(_ site: StampedSite) {
    guard let path = try? store.made([Self.part], name) else { return }
    try? site.write(to: path)
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
  private static let part = "stamps"

  /// Of everything but the book and what runs its cells that pages depend on.
  private static var identityOfTool: String {
    let tool = RunningProcess.executable.flatMap { FileSystem.status($0) }
    return "\(tool?.fingerprint ?? "")\n\(KaTeX().identity ?? "")"
      + "\n\(Pandoc().identity ?? "")"
  }
}
