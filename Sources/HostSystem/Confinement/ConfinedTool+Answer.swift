extension ConfinedTool {
  /// Why a tool gave no answer, in the words of a message.
  package struct NoAnswer: Error, Hashable, Sendable {
    package var reason: String
  }

  /// What a tool says that is asked once, in a new folder that goes with its answer.
  ///
  /// - Parameters:
  ///   - files: of the folder, by name.
  ///   - isConfined: whether it runs in a sandbox, where this machine has one.
  package static func answer(
    of program: String, _ arguments: [String], files: [String: [UInt8]] = [:],
    readable: [String] = [], environment: [String: String] = [:], input: [UInt8], isConfined: Bool
  ) async throws(NoAnswer) -> Outcome {
    let said: Outcome
    do {
      let bubblewrap = isConfined ? Bubblewrap.found : nil
      said = try await onOwnThread { () throws(ChildProcess.StartFailure) in
        guard let scratch = try? ScratchFolder() else {
          throw ChildProcess.StartFailure(code: .last)
        }
        defer { scratch.remove() }
        // One of its own in it: it is given to the user that the tool works as, and the other one stays
        // this user's, who removes what a killed build left.
        let folder = scratch.path + "/tool"
        guard (try? FileSystem.makeFolder(folder)) != nil else {
          throw ChildProcess.StartFailure(code: .last)
        }
        for (name, bytes) in files {
          guard (try? FileSystem.write(bytes, to: folder + "/" + name)) != nil else {
            throw ChildProcess.StartFailure(code: .last)
          }
        }
        return try ConfinedTool(
          program, arguments, folder: folder, readable: readable, environment: environment,
          input: input
        ).run(in: bubblewrap)
      }
    } catch {
      throw NoAnswer(reason: "'\(program)' does not start: \(error.code.reason)")
    }
    let limits = Limits()
    switch said.ending {
    case .tookTooLong: throw NoAnswer(reason: "it took longer than \(limits.seconds) s")
    case .usedTooMuchMemory:
      throw NoAnswer(reason: "it used more than \(limits.memory >> 20) MiB of memory")
    case .exited, .signaled, .saidTooMuch: return said
    }
  }
}
