import Foundation
import HostSystem

/// The files of some folders that anybody opens from now on.
final class OpenedFiles {
  private let watcher: Int32

  init(in folders: [String]) throws {
    watcher = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
    for folder in folders where inotify_add_watch(watcher, folder, UInt32(IN_OPEN)) < 0 {
      throw FileError(path: folder)
    }
  }

  deinit { close(watcher) }

  /// Since this was asked last.
  func names() -> Set<String> {
    var names: Set<String> = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    let header = MemoryLayout<inotify_event>.size
    while true {
      let count = read(watcher, &buffer, buffer.count)
      if count <= 0 { return names }
      var offset = 0
      while offset + header <= count {
        let event = buffer.withUnsafeBytes {
          $0.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
        }
        let name = buffer[(offset + header)...].prefix(Int(event.len)).prefix { $0 != 0 }
        if event.mask & UInt32(IN_ISDIR) == 0 {
          names.insert(String(decoding: name, as: UTF8.self))
        }
        offset += header + Int(event.len)
      }
    }
  }
}
