import BookModel
import Dispatch
import EngineBuilding
import HostSystem
import Synchronization

/// The machines that work for a build, until they are found to be of no use: then this machine does
/// everything from there on, or the build ends where it asked for no less.
package final class RemoteWorkers: Sendable {
  private enum State {
    case untried
    case working
    case useless(Diagnostic)
  }

  private let executor: any RemoteExecutor
  private let isRequired: Bool
  private let isConfined: Bool
  private let runsAnew: Bool
  private let state = Mutex(State.untried)
  private let trial = Mutex(())
  /// What runs on this machine meanwhile, of all the chapters that are on their way.
  private let places: DispatchSemaphore

  /// - Parameters:
  ///   - isConfined: whether this machine runs programs in a sandbox. Where it does not, it runs none that
  ///     others may have made, so that it cannot take over from them once they have worked.
  ///   - runsAnew: whether nothing is taken that is known from an earlier time.
  ///   - jobs: programs that this machine runs at the same time.
  package init(
    _ executor: any RemoteExecutor, isRequired: Bool, isConfined: Bool = true,
    runsAnew: Bool = false,
    jobs: Int
  ) {
    self.executor = executor
    self.isRequired = isRequired
    self.isConfined = isConfined
    self.runsAnew = runsAnew
    places = DispatchSemaphore(value: max(1, jobs))
  }

  /// Why this machine took over; nil where it did not. Where it may not, the first chapter tells.
  package var trouble: Diagnostic? {
    state.withLock { state in
      if case .useless(let known) = state, known.severity != .error { known } else { nil }
    }
  }

  private var told: [Diagnostic] {
    state.withLock { state in if case .useless(let known) = state { [known] } else { [] } }
  }

  /// Nil where this machine is to do it.
  func run(
    _ action: RemoteAction, with toolchain: Toolchain
  ) throws(DiagnosticError) -> RemoteOutcome? {
    guard try isUsable(toolchain) else { return nil }
    let outcome: RemoteOutcome
    var action = action
    action.isFresh = runsAnew
    do {
      outcome = try send(action)
    } catch {
      return try giveUp(error)
    }
    if let exitCode = outcome.exitCode, let missing = Self.missing(exitCode, outcome, action) {
      return try giveUp(.failed("its workers have no '\(missing)'"))
    }
    return outcome
  }

  /// Runs something on this machine, as soon as it has room for it.
  func locally<Value, Failure: Error>(_ body: () throws(Failure) -> Value) throws(Failure) -> Value
  {
    places.wait()
    defer { places.signal() }
    return try body()
  }

  private func send(_ action: RemoteAction) throws(RemoteFailure) -> RemoteOutcome {
    let cancellation = ThreadCancellation.ofThisThread
    return try executor.run(action) { cancellation?.isCancelled == true }
  }

  /// What has happened is told once, and everything goes on here.
  private func giveUp(_ failure: RemoteFailure) throws(DiagnosticError) -> RemoteOutcome? {
    guard case .failed(let reason) = failure else { throw DiagnosticError([]) }
    let (ends, isNews) = state.withLock { state in
      let ends: Bool
      switch state {
      case .useless(let known): return (known.severity == .error, false)
      case .working: ends = isRequired || !isConfined
      case .untried: ends = isRequired
      }
      state = .useless(
        Diagnostic(
          ends ? .error : .warning, .remoteFailed,
          "cells cannot run on '\(executor.address)': \(reason)"
            + (ends
              ? isRequired ? "" : "; without a sandbox this machine runs nothing that others made"
              : "; this machine runs them")))
      return (ends, true)
    }
    if ends { throw DiagnosticError(isNews ? told : []) }
    return nil
  }

  /// The first chapter asks whether the workers have this machine's compiler; the others wait.
  private func isUsable(_ toolchain: Toolchain) throws(DiagnosticError) -> Bool {
    try trial.withLock { _ throws(DiagnosticError) in
      switch state.withLock({ $0 }) {
      case .working: return true
      case .useless(let known):
        if known.severity == .error { throw DiagnosticError([]) }
        return false
      case .untried: break
      }
      let compiler = toolchain.confinedCompiler
      var question = RemoteAction(
        RemoteCommand.wrapped([compiler, "--version"], in: "work"),
        environment: RemoteCommand.environment, seconds: 120)
      question.folders = ["work"]
      question.isFresh = true
      let answer: RemoteOutcome
      do throws(RemoteFailure) {
        answer = try send(question)
      } catch {
        _ = try giveUp(error)
        return false
      }
      let reason: String
      if let exitCode = answer.exitCode, Self.missing(exitCode, answer, question) != nil {
        reason =
          "its workers have no '\(compiler)'; they need the toolchain of this machine, at the same place"
      } else if answer.exitCode != 0 {
        reason =
          "'\(compiler) --version' fails there: \(Self.said(answer) ?? "it says nothing")"
      } else if !Self.isVersion(toolchain.version, in: answer.output + answer.error) {
        reason =
          "its workers have another compiler, \(Self.said(answer) ?? "of no version"); they need the "
          + "toolchain of this machine, at the same place"
      } else {
        state.withLock { $0 = .working }
        return true
      }
      _ = try giveUp(.failed(reason))
      return false
    }
  }

  /// The program that a shell did not find, if that is how it ended.
  private static func missing(
    _ exitCode: Int32, _ outcome: RemoteOutcome, _ action: RemoteAction
  ) -> String? {
    guard [126, 127].contains(exitCode), outcome.output.isEmpty, outcome.files.isEmpty else {
      return nil
    }
    return action.arguments.first { $0.hasPrefix("/") && $0 != RemoteCommand.shell }
  }

  private static func said(_ outcome: RemoteOutcome) -> String? {
    let text = String(decoding: outcome.output + outcome.error, as: UTF8.self)
    return text.split(whereSeparator: \.isNewline).first.map { "'\($0.prefix(200))'" }
  }

  private static func isVersion(_ version: String, in said: [UInt8]) -> Bool {
    let text = String(decoding: said, as: UTF8.self)
    return version.split(whereSeparator: \.isNewline).allSatisfy { text.contains($0) }
  }
}
