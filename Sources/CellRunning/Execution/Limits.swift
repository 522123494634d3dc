import HostSystem

/// What a cell program may use, and the tools that make it.
package struct Limits: Sendable, Hashable {
  /// Bytes of memory, of the program with all that it starts.
  package var memory = 2 << 30
  /// That a program may start, threads included.
  package var processes = 256
  /// Bytes of one file in the scratch folder.
  package var fileSize = 64 << 20
  /// Bytes that one cell may print.
  package var output = 1 << 20
  /// Bytes of one cell's tables and figures.
  package var records = 16 << 20
  /// Files that a process may have open.
  package var openFiles = 256
  /// Seconds that a compiler or linker may take for one program.
  package var compilerSeconds = 120
  /// Bytes of memory that it may take.
  package var compilerMemory = 2 << 30

  package init() {}

  /// Starts a program with the limits that the kernel keeps. Inside the sandbox, so that the count
  /// of processes is the sandbox's own; root outside of it is not limited in processes.
  func wrapping(_ command: [String], prlimit: String?) -> [String] {
    guard let prlimit else { return command }
    // Who builds may be limited further, and a limit is not raised.
    func most(_ limit: Int, _ resource: RunningProcess.Resource) -> Int {
      min(limit, RunningProcess.ceiling(resource))
    }
    return [
      prlimit, "--as=\(most(memory, .memory))", "--nproc=\(most(processes, .processes))",
      "--fsize=\(most(fileSize, .fileSize))", "--nofile=\(most(openFiles, .openFiles))", "--core=0",
      "--",
    ] + command
  }
}
