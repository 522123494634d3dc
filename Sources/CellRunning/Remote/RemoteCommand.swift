import BookModel
import HostSystem

/// How commands are started on machines of which nothing is known but that they have a shell.
enum RemoteCommand {
  static let shell = "/bin/sh"

  /// What tools find in their environment, like on this machine.
  static let environment = ["LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"]

  /// A command that begins in a folder below the root, which is its home.
  static func wrapped(_ command: [String], in folder: String) -> [String] {
    let script = """
      cd "$1" || exit 125
      shift
      ulimit -c 0
      HOME=$PWD TMPDIR=$PWD
      export HOME TMPDIR
      exec "$@"
      """
    return [shell, "-c", script, "sh", folder] + command
  }

  /// The program of cells, `program` below the root, in the folder `book` with what it says in files.
  /// What the kernel can limit for one process holds there as it does here; the rest is the worker's. The
  /// shell stays, since it alone tells a signal in a way that all servers hand on.
  static func ofCells(limits: Limits) -> [String] {
    let script = """
      cd book || exit 125
      ulimit -c 0
      ulimit -v \(limits.memory >> 10)
      ulimit -n \(limits.openFiles)
      ulimit -f \(limits.fileSize >> 9)
      HOME=${PWD%/*}/tmp
      TMPDIR=$HOME
      export HOME TMPDIR
      ../program >../said/output 2>../said/error
      exit $?
      """
    return [shell, "-c", script]
  }

  static let output = "said/output"
  static let error = "said/error"
}
