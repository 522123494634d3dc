import BookModel
import HostSystem

extension Toolchain {
  /// The programs of a toolchain that nnbook starts.
  package enum Program: String, Sendable {
    case swiftc
    case clang
    case archiver = "llvm-ar"
    case wasmLinker = "wasm-ld"
  }

  /// What a program said, and whether it did what it was asked for.
  package struct Said: Sendable {
    package var succeeded: Bool
    /// Standard error, then standard output.
    package var text: String
    package var lines: [String] { text.split(separator: "\n").map(String.init) }
  }

  package func path(of program: Program) -> String {
    program == .swiftc ? compiler : programs + "/" + program.rawValue
  }

  /// Runs a program to its end, on the calling thread; it ends with this process, however that ends.
  ///
  /// - Parameter temporary: a folder that will be removed. A compiler that finds a mistake leaves
  ///   folders of its own behind.
  package func run(
    _ program: Program, _ arguments: [String], temporary: String? = nil
  ) throws(DiagnosticError) -> Said {
    var child = ChildProcess(
      executable: path(of: program), arguments: arguments,
      environment: Environment.ofTools(temporary: temporary))
    child.endsWithParent = true
    do {
      let (ending, said) = try child.collect()
      return Said(
        succeeded: ending == .exited(0),
        text: String(decoding: said.error + said.output, as: UTF8.self))
    } catch {
      throw DiagnosticError(
        Diagnostic(
          .error, .compilerMissing,
          "the toolchain's '\(program.rawValue)' does not start: \(error.code.reason)",
          notes: [.init("it was looked for at '\(path(of: program))'")]))
    }
  }
}
