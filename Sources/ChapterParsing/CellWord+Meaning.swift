extension CellWord {
  /// What it does, in Markdown, for an author who sees the word.
  package var meaning: String {
    switch self {
    case .noRun: "The cell must compile, and does not run."
    case .ignore: "The cell is shown, and nothing else: neither compiled nor run."
    case .fail:
      "The cell must not compile; the compiler's message is shown. `expect=\"…\"` says what the "
        + "message must hold."
    case .crash:
      "The cell must stop while running; the message is shown. `expect=\"…\"` says what the message "
        + "must hold."
    case .exercise:
      "The starter of an exercise, which a learner is to change: it compiles, and fails a check. Cells "
        + "with `checks` and `solution` follow it."
    case .checks:
      "What an exercise asks: `check(condition, \"sentence for the learner\")`, run for the starter and "
        + "for the solution."
    case .solution:
      "The author's answer to the exercise before it, folded away: it passes every check. Its names "
        + "end with it."
    case .hideCode: "The cell runs; only its output is shown."
    case .hideOutput: "The cell runs; only its source is shown."
    case .hidden: "The cell runs; nothing of it is shown."
    case .fold: "The source is folded away behind a summary."
    case .asis: "What the cell prints is Markdown, which becomes part of the chapter."
    case .live:
      "The cell also runs in the reader's browser, as WebAssembly, whenever one of its controls is "
        + "moved."
    case .reset: "A new scope begins: nothing declared before it is visible."
    case .expect: "Part of the message that a `fail` or `crash` cell must give."
    case .predict:
      "The result is folded behind this question, so that the reader commits to an answer first."
    case .id:
      "A name to refer to, by `[](#name)`. The prefixes `fig-`, `tbl-` and `lst-` make it a numbered "
        + "figure, table or listing."
    case .caption: "The caption of a figure or table. May hold Markdown and inline values."
    case .alt: "The alternative text, in place of the one that is made from the data."
    case .timeout: "Seconds that the cell may run, from 1 to 3600; 30 where nothing is said."
    case .tol: "Tolerance of the numbers in the expected output, absolute and relative."
    case .from:
      "Runs and shows lines of a file of the book in the place of code of its own: those of the snippet "
        + "after `#`, or all."
    case .cutOutput:
      "KiB of printed text that are kept, from 1 to 1024, with a note where the rest was cut."
    }
  }
}
