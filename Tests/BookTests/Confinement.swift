import BookBuilding
import CellRunning
import Foundation

/// A view of this machine with a folder of it replaced, for the commands of a test.
enum Confinement {
  /// Whether cells can run in a sandbox; containers often have none.
  static let isForCells = Sandbox.isAvailable

  /// Where bubblewrap is and may make namespaces; nil elsewhere.
  static let bubblewrap: String? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    guard let path = folders.map({ $0 + "/bwrap" }).first(where: isExecutable) else { return nil }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = ["--dev-bind", "/", "/", "--", "/bin/true"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    process.waitUntilExit()
    return process.terminationStatus == 0 ? path : nil
  }()

  /// Whether cells run as everywhere within a confined command.
  static let isWhole = bubblewrap != nil && isForCells

  /// Everything as it is, but with nothing in these folders.
  static func hiding(_ folders: [String]) -> [String] {
    command(folders.flatMap { ["--tmpfs", $0] })
  }

  /// Everything as it is, but with a new disk of this many bytes in the place of a folder.
  static func withDisk(of size: Int, at folder: String) -> [String] {
    command(["--size", "\(size)", "--tmpfs", folder])
  }

  /// Everything as it is, but with this folder a mount point.
  static func mounting(_ folder: String) -> [String] { command(["--bind", folder, folder]) }

  /// Everything as it is, but with another file in the place of one.
  static func replacing(_ file: String, by other: String) -> [String] {
    command(["--dev-bind", other, file])
  }

  /// Everything as it is, but without root's right to pass over the bits of files.
  static let withoutPrivileges = command(["--cap-drop", "ALL"])

  /// Whether `unshare` may make namespaces with a root of their own.
  static let canUnshare: Bool = {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["unshare", "-rn", "/bin/true"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  /// In namespaces of its own, after a line of shell.
  static func unshare(_ options: [String], _ line: String) -> [String] {
    ["/usr/bin/env", "unshare", "-r"] + options + ["/bin/sh", "-c", line + "\nexec \"$@\"", "sh"]
  }

  private static func command(_ arguments: [String]) -> [String] {
    guard let bubblewrap else { return [] }
    return [bubblewrap, "--dev-bind", "/", "/"] + arguments + ["--"]
  }

  private static func isExecutable(_ path: String) -> Bool {
    FileManager.default.isExecutableFile(atPath: path)
  }
}
