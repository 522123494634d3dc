import Glibc

/// The memory of a process and of all that it started, together: the kernel's own limit is for each
/// process, so that many may take many times as much.
package struct MemoryWatch: Sendable {
  /// Bytes.
  private let limit: Int
  private var next: UInt64
  private let interval: UInt64 = 50_000_000

  package init(limit: Int) {
    self.limit = limit
    next = monotonicNow() + interval
  }

  /// Whether they use more than the limit; looks no more often than is worth it.
  package mutating func isExceeded(by process: Int32) -> Bool {
    let now = monotonicNow()
    if now < next { return false }
    defer { next = monotonicNow() + interval }
    let family = Self.family(of: process)
    let resident = family.reduce(0) { $0 + (Self.residentSize(of: $1) ?? 0) }
    if resident <= limit { return false }
    // Pages that several share have been counted for each.
    return family.reduce(0) { $0 + (Self.proportionalSize(of: $1) ?? 0) } > limit
  }

  /// The process and all below it.
  private static func family(of process: Int32) -> [Int32] {
    var found = [process]
    var index = 0
    while index < found.count, found.count < 4096 {
      let id = found[index]
      index += 1
      guard let text = text("/proc/\(id)/task/\(id)/children") else { continue }
      found += text.split(separator: " ").compactMap { Int32($0) }
    }
    return found
  }

  private static func residentSize(of process: Int32) -> Int? {
    let words = text("/proc/\(process)/statm")?.split(separator: " ") ?? []
    return words.count > 1 ? Int(words[1]).map { $0 * pageSize } : nil
  }

  /// With shared pages divided among those that share them; what is resident where the system does
  /// not say.
  private static func proportionalSize(of process: Int32) -> Int? {
    let lines = text("/proc/\(process)/smaps_rollup")?.split(separator: "\n") ?? []
    let line = lines.first { $0.hasPrefix("Pss:") }
    let number = line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    return number.map { $0 << 10 } ?? residentSize(of: process)
  }

  private static let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))

  private static func text(_ path: String) -> String? {
    (try? FileSystem.read(path)).map { String(decoding: $0, as: UTF8.self) }
  }
}
