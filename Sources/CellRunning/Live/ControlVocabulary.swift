/// The functions by which a cell asks its reader for a value.
enum ControlVocabulary {
  static let functions: Set<String> = [
    "button", "goal", "picker", "player", "points", "seed", "slider", "stepper", "textField",
    "toggle",
    "weights",
  ]
}
