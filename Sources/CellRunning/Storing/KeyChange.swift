import BookModel

/// One reason why stored results do not serve.
package enum KeyChange: Hashable, Sendable {
  case engine, compiler, flags, live
  /// By index in the chapter as it is now.
  case cellChanged(Int)
  case cellAdded(Int)
  /// By index in the chapter as it was.
  case cellRemoved(Int)
  case inlineValueChanged(Int)
  case inlineValuesMoved
  case dataFileChanged(String)
  case dataFileAdded(String)
  case dataFileRemoved(String)

  /// As `nnbook why` says it; cells and values count from 1, and lines are those of the chapter as it
  /// is now.
  package func summary(in chapter: Chapter) -> String {
    switch self {
    case .engine: "the engine or its compiler changed"
    case .compiler: "the Swift compiler changed"
    case .flags: "the way nnbook compiles cells changed"
    case .live: "the way live cells are made changed, or a cell became live"
    case .cellChanged(let index):
      "cell \(index + 1)\(line(chapter.cells.map(\.codeStart), index)) changed"
    case .cellAdded(let index):
      "cell \(index + 1)\(line(chapter.cells.map(\.codeStart), index)) is new"
    case .cellRemoved(let index): "what was cell \(index + 1) is gone"
    case .inlineValueChanged(let index):
      "inline value \(index + 1)\(line(chapter.inlineValues.map(\.range.start), index)) changed"
    case .inlineValuesMoved: "inline values were added or removed"
    case .dataFileChanged(let name): "data file 'data/\(name)' changed"
    case .dataFileAdded(let name): "data file 'data/\(name)' is new to the chapter"
    case .dataFileRemoved(let name): "data file 'data/\(name)' is gone, or no longer named"
    }
  }
}

/// ` in line 12`, of one of several places.
private func line(_ places: [SourcePosition], _ index: Int) -> String {
  places.indices.contains(index) ? " in line \(places[index].line)" : ""
}

extension CacheKey {
  func changes(since old: CacheKey) -> [KeyChange] {
    var changes: [KeyChange] = []
    func digest(_ key: CacheKey, _ subject: Part.Subject) -> String? {
      key.parts.first { $0.subject == subject }?.digest
    }
    if digest(self, .engine) != digest(old, .engine) { changes.append(.engine) }
    if digest(self, .compiler) != digest(old, .compiler) { changes.append(.compiler) }
    if digest(self, .flags) != digest(old, .flags) { changes.append(.flags) }
    if digest(self, .live) != digest(old, .live) { changes.append(.live) }
    changes += cellChanges(since: old)
    let (values, oldValues) = (inlineValues, old.inlineValues)
    if values.count != oldValues.count {
      changes.append(.inlineValuesMoved)
    } else {
      changes += values.indices.filter { values[$0] != oldValues[$0] }.map {
        .inlineValueChanged($0)
      }
    }
    let (files, oldFiles) = (dataFiles, old.dataFiles)
    for (name, digest) in files.sorted(by: { $0.key < $1.key }) where oldFiles[name] != digest {
      changes.append(oldFiles[name] == nil ? .dataFileAdded(name) : .dataFileChanged(name))
    }
    changes += oldFiles.keys.filter { files[$0] == nil }.sorted().map { .dataFileRemoved($0) }
    return changes
  }

  /// A cell put before others is one new cell, and not a change of all that follow.
  private func cellChanges(since old: CacheKey) -> [KeyChange] {
    let (now, before) = (cells, old.cells)
    var removed: [Int] = []
    var added: [Int] = []
    for change in now.map(\.digest).difference(from: before.map(\.digest)) {
      switch change {
      case .remove(let offset, _, _): removed.append(offset)
      case .insert(let offset, _, _): added.append(offset)
      }
    }
    removed.sort()
    added.sort()
    let pairs = min(removed.count, added.count)
    return added.prefix(pairs).map { .cellChanged(now[$0].index) }
      + added.dropFirst(pairs).map { .cellAdded(now[$0].index) }
      + removed.dropFirst(pairs).map { .cellRemoved(before[$0].index) }
  }

  private var cells: [(index: Int, digest: String)] {
    parts.compactMap { part in
      if case .cell(let index) = part.subject { (index, part.digest) } else { nil }
    }
  }

  private var inlineValues: [String] {
    parts.compactMap { part in
      if case .inlineValue = part.subject { part.digest } else { nil }
    }
  }

  private var dataFiles: [String: String] {
    var files: [String: String] = [:]
    for part in parts {
      if case .dataFile(let name) = part.subject { files[name] = part.digest }
    }
    return files
  }
}
