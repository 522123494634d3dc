import BookModel

/// A sandbox that gives up before what it was to hold has started, be it a cell or a compiler.
extension Sandbox {
  /// What the sandbox said last, where it was the sandbox that spoke.
  static func complaint(in errors: String) -> String? {
    errors.split(separator: "\n").last.map(String.init).flatMap { said in
      ["bwrap: ", "setpriv: ", "prlimit: "].contains(where: said.hasPrefix) ? said : nil
    }
  }

  static func notStarted(_ said: String, chapter: String) -> Diagnostic {
    Diagnostic(
      .error, .sandboxFailed, at: SourceRange(file: chapter, line: 1),
      "the sandbox of the cells does not start: \(said)",
      notes: [.init("'--sandbox off' runs them with limits alone")])
  }
}
