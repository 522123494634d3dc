import BookBuilding
import Foundation
import HostSystem

/// Processes of this machine whose command line holds a text.
func processes(with text: String) throws -> [pid_t] {
  try FileSystem.list("/proc").compactMap { pid_t($0.name) }.filter { number in
    guard let bytes = try? FileSystem.read("/proc/\(number)/cmdline") else { return false }
    return String(decoding: bytes, as: UTF8.self).contains(text)
  }
}

/// Asks again until a condition holds, for five minutes at most.
func eventually(_ condition: () throws -> Bool) async throws -> Bool {
  let end = ContinuousClock.now + .seconds(300)
  while ContinuousClock.now < end {
    if try condition() { return true }
    try await Task.sleep(for: .milliseconds(20))
  }
  return try condition()
}
