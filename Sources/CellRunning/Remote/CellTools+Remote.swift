import BookModel
import EngineBuilding
import HostSystem

extension CellTools {
  /// Nil where this machine is to do it. What the tool made is in `folder` afterwards, as if it had run here.
  func runElsewhere(
    _ remote: RemoteWorkers, _ program: String, _ arguments: [String], in folder: String,
    with files: Files, readable: [String], making: [String]
  ) throws(DiagnosticError) -> ConfinedTool.Outcome? {
    let work = "work"
    func seen(_ argument: String) -> String {
      readable.enumerated().reduce(argument) { text, place in
        text.replacing(place.element, with: "../given\(place.offset)")
      }
    }
    var action = RemoteAction(
      RemoteCommand.wrapped([program] + arguments.map(seen), in: work),
      environment: RemoteCommand.environment, seconds: limits.compilerSeconds)
    action.folders = [work]
    for (name, bytes) in files { action.inputs[work + "/" + name] = .init(.bytes(bytes)) }
    for (index, place) in readable.enumerated() {
      // The seal is this user's alone, and would make every command another one for everybody.
      for file in FileSystem.files(below: place) where file != EngineSeal.name {
        action.inputs["given\(index)/\(file)"] = .init(.file(place + "/" + file))
      }
    }
    action.outputs = making.map { work + "/" + $0 }
    guard let outcome = try remote.run(action, with: toolchain) else { return nil }
    do {
      try FileSystem.makeFolder(folder)
      for name in making {
        guard let bytes = outcome.files[work + "/" + name] else { continue }
        try FileSystem.write(bytes, to: folder + "/" + name)
        try FileSystem.setMode(0o755, of: folder + "/" + name)
      }
    } catch {
      throw DiagnosticError(ScratchFolder.unusable(error))
    }
    let ending = outcome.exitCode.map { ConfinedTool.Ending.exited($0) } ?? .tookTooLong
    if let excess = excess(ending, program) { throw DiagnosticError(excess) }
    return ConfinedTool.Outcome(ending: ending, output: outcome.output, error: outcome.error)
  }
}
