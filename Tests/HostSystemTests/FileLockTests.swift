import Synchronization
import Testing

@testable import HostSystem

@Suite final class FileLockTests {
  let folder: String

  init() throws { folder = try FileSystem.makeTemporaryFolder("nnbook-lock-test") }
  deinit { FileSystem.discard(folder) }

  @Test func `one holder at a time`() throws {
    let path = folder + "/lock"
    let first = try #require(FileLock(file: path, .givesUp))
    #expect(FileLock(file: path, .givesUp) == nil)
    first.release()
    // A process that another test starts at this moment has a copy of the lock until it is started.
    try #require(FileLock(file: path, .waits)).release()
  }

  @Test func `a folder needs no file of its own`() throws {
    let first = try #require(FileLock(folder: folder, .givesUp))
    #expect(FileLock(folder: folder, .givesUp) == nil)
    #expect(FileSystem.names(in: folder) == [])
    first.release()
    try #require(FileLock(folder: folder, .waits)).release()
    #expect(FileLock(folder: folder + "/none", .waits) == nil)
  }

  @Test func `who waits is told so once, and gets it when the other lets go`() throws {
    let path = folder + "/lock"
    let waits = Mutex(0)
    let first = try #require(FileLock(file: path, .givesUp))
    // Letting go is what ends the wait.
    let second = FileLock(file: path, .waits) {
      waits.withLock { $0 += 1 }
      first.release()
    }
    try #require(second).release()
    #expect(waits.withLock(\.self) == 1)
  }

  @Test func `threads that count under a lock lose nothing`() async throws {
    let path = folder + "/lock"
    let number = folder + "/number"
    try FileSystem.write("0", to: number)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          try? await onOwnThread { () throws(FileError) in
            for _ in 0..<50 {
              guard let lock = FileLock(file: path, .waits) else { continue }
              defer { lock.release() }
              let old = Int(String(decoding: try FileSystem.read(number), as: UTF8.self)) ?? 0
              try FileSystem.write("\(old + 1)", to: number)
            }
          }
        }
      }
    }
    #expect(String(decoding: try FileSystem.read(number), as: UTF8.self) == "200")
  }
}
