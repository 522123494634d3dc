// What becomes of a cell: which cells are compiled, run and show something is decided here alone.
extension Cell {
  /// `ignore`: nothing of it is looked at.
  package var isIgnored: Bool { options.execution == .ignored }

  /// `fail`: it is compiled on its own, and must be refused.
  package var mustNotCompile: Bool {
    if case .mustNotCompile = options.execution { true } else { false }
  }

  /// `crash`: it runs in a child process, and must stop there.
  package var mustStop: Bool {
    if case .mustStop = options.execution { true } else { false }
  }

  /// Whether its code is part of the program of its scope.
  package var isCompiled: Bool {
    switch options.execution {
    case .run, .mustStop, .compileOnly, .starter, .solution, .checks: true
    case .ignored, .mustNotCompile: false
    }
  }

  /// Whether it runs when the program does, as itself: `checks` are part of what is checked.
  package var runs: Bool {
    switch options.execution {
    case .run, .mustStop, .starter, .solution: true
    case .compileOnly, .ignored, .mustNotCompile, .checks: false
    }
  }

  /// Whether its names are there for the cells below it.
  package var runsInScope: Bool {
    if case .run = options.execution { true } else { false }
  }

  /// Whether a build finds out something of it that a page can show: an output, or a message.
  package var hasResult: Bool { runs && !isStarter || mustNotCompile }

  /// `exercise`: what a learner begins with.
  package var isStarter: Bool {
    if case .starter = options.execution { true } else { false }
  }

  /// `solution`: the author's answer to an exercise.
  package var isSolution: Bool {
    if case .solution = options.execution { true } else { false }
  }

  /// `checks`: what is asked of starter and solution.
  package var isChecks: Bool { options.execution == .checks }

  /// Whether its code stands inside braces of the program, so that its names end with it.
  package var isGuarded: Bool {
    switch options.execution {
    case .compileOnly, .mustStop, .starter, .solution, .checks: true
    case .run, .ignored, .mustNotCompile: false
    }
  }

  /// Whether it runs again in the reader's browser.
  package var isLive: Bool {
    if case .run(let run) = options.execution { run.isLive } else { false }
  }

  /// Whether it is part of an exercise: then it changes nothing for the cells below.
  package var isOfExercise: Bool { isStarter || isSolution || isChecks }

  /// Seconds that it may run.
  package var timeout: Int {
    switch options.execution {
    case .run(let run): run.timeout
    case .mustStop(_, let timeout), .starter(let timeout), .solution(let timeout, _): timeout
    case .compileOnly, .ignored, .mustNotCompile, .checks: CellOptions.Run().timeout
    }
  }

  /// Absolute and relative tolerance of numbers in its expected output.
  package var tolerance: Double? {
    switch options.execution {
    case .run(let run): run.tolerance
    case .solution(_, let tolerance): tolerance
    case .compileOnly, .ignored, .mustNotCompile, .mustStop, .starter, .checks: nil
    }
  }

  /// Bytes of printed text to keep where more is no mistake.
  package var keptOutput: Int? {
    if case .run(let run) = options.execution { run.keptOutput } else { nil }
  }
}
