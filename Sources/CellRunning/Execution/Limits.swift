/// What a cell program may use.
package struct Limits: Sendable, Hashable {
  /// Bytes of memory.
  package var memory = 2 << 30
  package var processes = 256
  /// Bytes of one file in the scratch folder.
  package var fileSize = 64 << 20
  /// Bytes that one cell may print.
  package var output = 1 << 20
  /// Bytes of one cell's tables and figures.
  package var records = 16 << 20

  package init() {}

  /// Starts a program with the limits that the kernel keeps. Inside the sandbox, so that the count
  /// of processes is the sandbox's own; root outside of it is not limited in processes.
  func wrapping(_ command: [String], prlimit: String?) -> [String] {
    guard let prlimit else { return command }
    return [
      prlimit, "--as=\(memory)", "--nproc=\(processes)", "--fsize=\(fileSize)", "--core=0", "--",
    ] + command
  }
}
