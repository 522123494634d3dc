import BookModel
import CellRunning
import Glibc

/// What a site was built from and what it came to, so that a build with nothing changed ends before
/// it begins. Kept only for builds without a single diagnostic: what there is to say is said again.
package struct BuildStamp: Sendable {
  private let folder: BookFolder
  private let output: String
  private let path: String
  /// Hash of the chapters, settings and data as they were when this value was made, of the request,
  /// and of everything else that pages depend on.
  private let sources: String

  /// Nil where the book cannot be read.
  package init?(_ request: BuildRequest, output: String) {
    guard let folder = try? BookFolder(request.book) else { return nil }
    self.folder = folder
    // The folder itself may not be there yet.
    let parent = FileAccess.resolved(FileAccess.folder(of: output))
    self.output = FileAccess.resolved(parent + "/" + FileAccess.name(of: output))
    let place = ContentHash.of(FileAccess.resolved(request.book), self.output)
    path = request.caches.book + "/stamps/" + place.prefix(32)
    var hash = ContentHash()
    hash.add(
      "\(request.format) \(request.includesDrafts) \(request.sandbox) \(request.live) \(request.book)"
    )
    var names = folder.chapterNames
    if folder.hasSettings { names.append(BookFolder.settingsName) }
    let data = folder.file(BookFolder.dataName)
    names += ((try? FileAccess.filesBelow(data)) ?? []).map { BookFolder.dataName + "/" + $0 }
    var mayHaveCells = false
    for name in names {
      guard let bytes = try? FileAccess.read(folder.file(name)) else { return nil }
      mayHaveCells = mayHaveCells || Self.contains(bytes, "swift")
      hash.add(name)
      hash.add(bytes)
    }
    hash.add(Self.identity(request, mayHaveCells: mayHaveCells))
    sources = hash.digest()
  }

  /// How many chapters the site has, if it is what its sources give; nil where that is not certain.
  package func chaptersIfCurrent() -> Int? {
    guard let bytes = try? FileAccess.read(path) else { return nil }
    var lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)[...]
    guard lines.popFirst() == sources[...], let count = lines.popFirst().flatMap({ Int($0) }),
      lines.popFirst().map(String.init) == stateOfOutput()
    else { return nil }
    for line in lines where !line.isEmpty {
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, let bytes = try? FileAccess.read(String(parts[1])),
        ContentHash.of(bytes) == parts[0]
      else { return nil }
    }
    return count
  }

  /// Remembers that the site at the output is what the sources gave.
  package func record(_ outcome: BookBuild.Outcome) {
    guard outcome.diagnostics.isEmpty, let state = stateOfOutput() else { return }
    var lines = [sources, "\(outcome.chapterCount)", state]
    for (path, bytes) in outcome.localFiles.sorted(by: { $0.key < $1.key }) {
      lines.append("\(ContentHash.of(bytes)) \(path)")
    }
    let staged = path + ".\(UInt32.random(in: 0 ... .max))"
    do {
      try FileAccess.makeFolder(FileAccess.folder(of: path))
      try FileAccess.write(lines.joined(separator: "\n") + "\n", to: staged)
      try FileAccess.rename(staged, to: path)
    } catch {
      // Costs the next build its time, and nothing else.
      try? FileAccess.remove(staged)
    }
  }

  /// Names, sizes and times of the output's files: whoever edits one changes this.
  private func stateOfOutput() -> String? {
    guard let files = try? FileAccess.filesBelow(output) else { return nil }
    var hash = ContentHash()
    for file in files {
      var status = stat()
      guard stat(output + "/" + file, &status) == 0 else { return nil }
      hash.add(file)
      hash.add(
        "\(status.st_size) \(status.st_ino) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)")
    }
    return hash.digest()
  }
}

extension BuildStamp {
  /// Of everything but the book that pages depend on. Prose asks nothing of a compiler.
  private static func identity(_ request: BuildRequest, mayHaveCells: Bool) -> String {
    var tool = stat()
    stat("/proc/self/exe", &tool)
    var parts = [
      "\(tool.st_size) \(tool.st_ino) \(tool.st_mtim.tv_sec) \(tool.st_mtim.tv_nsec)",
      KaTeX().identity ?? "",
    ]
    if mayHaveCells {
      let settings = ChapterRunner.Settings(request)
      parts.append(
        (try? Toolchain(compiler: settings.compiler, cache: settings.engines))?.version ?? "")
      parts.append((try? EngineSources(folder: settings.engineSources))?.hash ?? "")
    }
    return parts.joined(separator: "\n")
  }

  private static func contains(_ bytes: [UInt8], _ word: String) -> Bool {
    let word = Array(word.utf8)
    return bytes.withUnsafeBytes { bytes in
      var start = bytes.baseAddress
      while let from = start {
        let left = bytes.count - (from - bytes.baseAddress!)
        guard left >= word.count, let found = memchr(from, Int32(word[0]), left - word.count + 1)
        else { return false }
        if memcmp(found, word, word.count) == 0 { return true }
        start = UnsafeRawPointer(found) + 1
      }
      return false
    }
  }
}
