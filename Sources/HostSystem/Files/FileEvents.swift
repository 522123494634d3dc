import Glibc

/// The system's own word that files of a folder changed; nothing is polled.
///
/// Changes that follow each other closely, as when an editor saves by writing a new file and
/// renaming it, arrive as one.
package struct FileEvents: Sendable {
  /// Milliseconds without a change after which a burst counts as over. What comes later begins a
  /// build of its own, and ends the one before.
  private let quiet: Int32
  private static let interesting = UInt32(
    IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE)

  private let root: String

  package init(root: String, quiet: Int32 = 8) {
    self.root = FileSystem.resolved(root)
    self.quiet = quiet
  }

  /// One element for each burst of changes below the root, until the task that reads it ends.
  /// Throws where the system gives no watch, for instance because the user has too many.
  package func changes() throws(FileError) -> AsyncStream<Void> {
    let watcher = inotify_init1(Int32(IN_CLOEXEC))
    guard watcher >= 0 else { throw FileError(path: root) }
    var pipe: [Int32] = [-1, -1]
    var watches: [Int32: String] = [:]
    do throws(FileError) {
      if Glibc.pipe(&pipe) != 0 { throw FileError(path: root) }
      for descriptor in pipe { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
      try watch(&watches, watcher)
    } catch {
      for descriptor in pipe + [watcher] where descriptor >= 0 { close(descriptor) }
      throw error
    }
    let (stop, stopper) = (pipe[0], pipe[1])
    let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    continuation.onTermination = { _ in close(stopper) }
    let initial = watches
    startThread {
      var watches = initial
      while waitForBurst(watcher, stop, watches) {
        // Folders may have come; watching one twice is no harm.
        try? watch(&watches, watcher)
        continuation.yield()
      }
      close(watcher)
      close(stop)
    }
    return stream
  }

  /// Blocks until a burst of interesting changes is over; false when asked to stop.
  private func waitForBurst(_ watcher: Int32, _ stop: Int32, _ watches: [Int32: String]) -> Bool {
    var seen = false
    while true {
      var descriptors = [
        pollfd(fd: watcher, events: Int16(POLLIN), revents: 0),
        pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
      ]
      let ready = poll(&descriptors, 2, seen ? quiet : -1)
      if ready < 0, errno != EINTR { return false }
      if descriptors[1].revents != 0 { return false }
      if ready == 0 { return true }
      if descriptors[0].revents != 0, readEvents(watcher, watches) { seen = true }
    }
  }

  /// True where one of the waiting events concerns the book.
  private func readEvents(_ watcher: Int32, _ watches: [Int32: String]) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    let count = buffer.withUnsafeMutableBytes { Glibc.read(watcher, $0.baseAddress, $0.count) }
    let header = MemoryLayout<inotify_event>.size
    var seen = false
    var offset = 0
    while offset + header <= count {
      let event = buffer.withUnsafeBytes {
        $0.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
      }
      let bytes = buffer[(offset + header)...].prefix(Int(event.len)).prefix { $0 != 0 }
      let name = String(decoding: bytes, as: UTF8.self)
      let folder = watches[event.wd]
      // The parent is watched for the root's own coming and going only.
      let isAbove = folder == Path.folder(of: root) && folder != root
      if !name.hasPrefix("."), !isAbove || name == Path.name(of: root) { seen = true }
      offset += header + Int(event.len)
    }
    return seen
  }

  /// Watches the folder above the root, the root, and all below it but hidden folders.
  private func watch(_ watches: inout [Int32: String], _ watcher: Int32) throws(FileError) {
    try add(Path.folder(of: root), &watches, watcher)
    var waiting = FileSystem.isFolder(root) ? [root] : []
    while let folder = waiting.popLast() {
      try add(folder, &watches, watcher)
      for entry in (try? FileSystem.list(folder)) ?? []
      where entry.kind == .folder && !entry.name.hasPrefix(".")
        && !FileSystem.isLink(folder + "/" + entry.name)
      {
        waiting.append(folder + "/" + entry.name)
      }
    }
  }

  private func add(_ folder: String, _ watches: inout [Int32: String], _ watcher: Int32)
    throws(FileError)
  {
    let watch = inotify_add_watch(watcher, folder, Self.interesting)
    if watch < 0, errno != ENOENT { throw FileError(path: folder) }
    if watch >= 0 { watches[watch] = folder }
  }
}
