import BookModel
import HostSystem

extension ProgramRunner {
  /// Runs the program on another machine; nil where this one is to do it. What it said arrives when it
  /// has ended, so that its own clock ends a cell there, and the server all of it.
  func runElsewhere(
    _ remote: RemoteWorkers, executable: String, data: [DataFile], _ outputs: inout CellOutputs
  ) throws(DiagnosticError) -> ChildProcess.Ending? {
    let cells = scope.compiledCells.filter(\.cell.runs)
    // Between cells and around them the program has as long as a cell without a limit of its own.
    let seconds = cells.reduce(2 * CellOptions.Run().timeout) {
      $0 + CellOutputs.seconds(for: $1.cell)
    }
    var action = RemoteAction(
      RemoteCommand.ofCells(limits: sandbox.limits), environment: sandbox.remoteEnvironment,
      seconds: seconds)
    action.folders = ["book/data", "said", "tmp"]
    action.inputs["program"] = .init(.file(executable), isExecutable: true)
    for file in data { action.inputs["book/data/" + file.name] = .init(.file(file.path)) }
    action.outputs = [RemoteCommand.output, RemoteCommand.error]
    guard let outcome = try remote.run(action, with: sandbox.toolchain) else { return nil }
    outputs.isLive = false
    // Where the program did not start, the worker says why, and there is no file of the program's.
    let error = outcome.files[RemoteCommand.error] ?? outcome.error
    error.withUnsafeBytes { outputs.received($0, from: .error) }
    (outcome.files[RemoteCommand.output] ?? []).withUnsafeBytes {
      outputs.received($0, from: .output)
    }
    return outcome.exitCode.map { .exited($0) } ?? .stopped
  }
}
