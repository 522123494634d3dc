/// A command for a machine that is reached over the network: what it starts, and everything that it
/// finds there. Two that are alike are one, so that nothing in it may be drawn by chance.
package struct RemoteAction: Sendable {
  /// What a file holds.
  package enum Content: Hashable, Sendable {
    case bytes([UInt8])
    /// As a file of this machine does, which does not change while a build runs.
    case file(String)
  }

  package struct Input: Hashable, Sendable {
    package var content: Content
    package var isExecutable: Bool

    package init(_ content: Content, isExecutable: Bool = false) {
      self.content = content
      self.isExecutable = isExecutable
    }
  }

  /// The program, absolute or below the root, with what it is told.
  package var arguments: [String]
  package var environment: [String: String]
  /// By path below the root, in which the command starts.
  package var inputs: [String: Input] = [:]
  /// Folders that hold nothing.
  package var folders: [String] = []
  /// Paths below the root of the files that it may write.
  package var outputs: [String] = []
  /// After which the server ends it.
  package var seconds: Int
  /// Whether it is to run even where its outcome is known.
  package var isFresh = false

  package init(_ arguments: [String], environment: [String: String], seconds: Int) {
    self.arguments = arguments
    self.environment = environment
    self.seconds = seconds
  }
}

/// How the command ended, and what it left.
package struct RemoteOutcome: Sendable {
  /// Nil where the server ended it because its time was over.
  package var exitCode: Int32?
  package var output: [UInt8] = []
  package var error: [UInt8] = []
  /// By path, those of the outputs that it wrote.
  package var files: [String: [UInt8]] = [:]

  package init(exitCode: Int32?) { self.exitCode = exitCode }
}

/// Why there is no outcome. Everything that a command itself can do is one.
package enum RemoteFailure: Error, Hashable, Sendable {
  /// The build has been cancelled.
  case cancelled
  /// In the words of a message.
  case failed(String)
}

/// Machines that run commands, behind one address.
package protocol RemoteExecutor: Sendable {
  /// As messages name it.
  var address: String { get }
  /// Waits on the calling thread, which must be none of Swift's pool.
  /// - Parameter isCancelled: asked many times a second.
  func run(
    _ action: RemoteAction, isCancelled: @Sendable () -> Bool
  ) throws(RemoteFailure) -> RemoteOutcome
}
