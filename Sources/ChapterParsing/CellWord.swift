/// The words of the cell language, as authors write them.
package enum CellWord: String, CaseIterable, Sendable {
  case noRun = "no-run"
  case ignore, fail, crash
  case exercise, checks, solution
  case hideCode = "hide-code"
  case hideOutput = "hide-output"
  case hidden, fold, asis, live, reset
  case expect, predict, id, caption, alt, timeout, tol
  case cutOutput = "cut-output"
  case from

  /// Whether it is written `key=value`.
  package var takesValue: Bool {
    switch self {
    case .expect, .predict, .id, .caption, .alt, .timeout, .tol, .cutOutput, .from: true
    default: false
    }
  }

  /// Whether its value is a text for readers, and so stands between quotation marks.
  package var takesText: Bool {
    switch self {
    case .expect, .predict, .caption, .alt: true
    default: false
    }
  }

  /// How the word is written, with a value that shows what is meant.
  package var example: String {
    switch self {
    case .expect: "expect=\"part of the message\""
    case .predict: "predict=\"question\""
    case .id: "id=fig-xor"
    case .caption: "caption=\"…\""
    case .alt: "alt=\"…\""
    case .timeout: "timeout=60"
    case .tol: "tol=1e-4"
    case .cutOutput: "cut-output=16"
    case .from: "from=code/model.swift#loss"
    default: rawValue
    }
  }

  /// What other tools call it, `key=value` included.
  static func known(elsewhereAs word: String) -> CellWord? { aliases[word.lowercased()] }

  private static let aliases: [String: CellWord] = [
    "no_run": .noRun, "norun": .noRun, "compile-only": .noRun, "compile_only": .noRun,
    "skip": .ignore, "eval=false": .ignore, "run=false": .ignore, "execute=false": .ignore,
    "skip-execution": .ignore,
    "compile_fail": .fail, "compile-fail": .fail, "should_fail": .fail,
    "should_panic": .crash, "should-panic": .crash, "raises-exception": .crash,
    "error=true": .crash,
    "echo=false": .hideCode, "hide_code": .hideCode, "hide-input": .hideCode,
    "remove-input": .hideCode,
    "silent": .hideOutput, "output=false": .hideOutput, "results=hide": .hideOutput,
    "hide_output": .hideOutput, "remove-output": .hideOutput,
    "invisible": .hidden, "include=false": .hidden, "setup": .hidden, "hide": .hidden,
    "remove-cell": .hidden, "hide-cell": .hidden,
    "code-fold": .fold, "code-fold=true": .fold, "folded": .fold, "collapse": .fold,
    "passthrough": .asis, "results=asis": .asis, "output=asis": .asis, "as-is": .asis,
    "reset-object": .reset, "nest": .reset,
    "webr": .live, "pyodide": .live, "mdoc:js": .live, "interactive": .live, "editable": .live,
    "starter": .exercise, "task": .exercise, "answer": .solution, "test": .checks,
    "tests": .checks, "check": .checks, "hidden-tests": .checks,
    "label": .id, "name": .id, "fig-cap": .caption, "fig.cap": .caption, "tbl-cap": .caption,
    "cap": .caption, "fig-alt": .alt, "fig.alt": .alt, "tolerance": .tol, "time-limit": .timeout,
    "time_limit": .timeout, "question": .predict, "message": .expect, "error": .expect,
    "cut": .cutOutput, "max-output": .cutOutput, "output-limit": .cutOutput,
    "truncate": .cutOutput,
    "include": .from, "file": .from, "src": .from, "source": .from, "literalinclude": .from,
  ]
}
