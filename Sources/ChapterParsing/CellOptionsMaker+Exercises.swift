import BookModel

extension CellOptionsMaker {
  typealias Conflict = (CellWord, CellWord, String)

  /// Words that a cell of an exercise has no use for.
  static let conflictsOfExercises: [Conflict] = [
    ofPairs, ofEnding, ofSource, ofOutput, ofRunning,
  ].flatMap(\.self)

  private static let all: [CellWord] = [.exercise, .checks, .solution]

  private static let ofPairs: [Conflict] = [
    (.exercise, .checks), (.exercise, .solution), (.checks, .solution),
  ].map { ($0, $1, "each is a cell of its own in an exercise") }

  private static let ofEnding: [Conflict] = all.flatMap { word in
    [CellWord.noRun, .ignore, .fail, .crash].map {
      ($0, word, "the cells of an exercise run, to their end")
    }
  }

  private static let ofSource: [Conflict] = [
    (.hidden, .exercise, "a learner must see what to change"),
    (.hideCode, .exercise, "a learner must see what to change"),
    (.fold, .exercise, "a learner must see what to change"),
    (.hidden, .solution, "a learner must find the answer"),
    (.hideCode, .solution, "a learner must find the answer"),
    (.fold, .solution, "a solution is folded anyway"),
    (.hideCode, .checks, "checks show nothing but their source; write 'hidden'"),
    (.fold, .checks, "checks are folded anyway"),
    (.checks, .id, "nothing of checks could be referred to"),
    (.checks, .caption, "checks are no figure"),
  ]

  private static let ofOutput: [Conflict] =
    [CellWord.exercise, .checks].flatMap { word in
      [CellWord.hideOutput, .asis, .predict, .alt, .tol].map {
        (word, $0, "the page shows its source alone")
      }
    } + [
      (.solution, .asis, "what a solution prints is no part of the chapter"),
      (.solution, .predict, "a solution is folded anyway"),
    ]

  private static let ofRunning: [Conflict] =
    all.flatMap { word -> [Conflict] in
      [
        (word, .live, "an exercise runs when the book is built"),
        (word, .cutOutput, "an exercise has no long output"),
        (word, .reset, "an exercise sees the cells above it"),
      ]
    } + [(.checks, .timeout, "checks take their time from what they check")]
}
