/// Lines of other languages and of notebooks, of which Swift's grammar says nothing that helps.
enum LinesElsewhere {
  /// What to write for a line; nil where it looks like Swift.
  static func advice(for line: some StringProtocol) -> String? {
    let line = String(line)
    for (pattern, advice) in advices where line.firstMatch(of: pattern) != nil { return advice }
    return nil
  }

  private nonisolated(unsafe) static let advices: [(Regex<Substring>, String)] = [
    (
      #/^\s*%%?[a-z]\w*/#,
      "commands of a notebook, such as '%matplotlib', are none of Swift; leave the line out"
    ),
    (
      #/^\s*![a-z]+\s+\w/#,
      "commands of a shell are none of Swift; leave the line out"
    ),
    (#/^\s*#(?:\s|$)/#, "a comment begins with '//'"),
    (
      #/^\s*(?:import\s+\w+(?:\.\w+)*\s+as\s|from\s+[\w.]+\s+import\s)/#,
      "modules of Python are not there; what cells have without an import is listed in docs/vocabulary.md"
    ),
    (#/^\s*def\s+\w+\s*\(/#, "a function is 'func name(_ x: Float) -> Float { … }'"),
    (
      #/^\s*(?:for|if|elif|else|while|class|with|try|except)\b.*:\s*(?:\#.*)?$/#,
      "what belongs together stands in braces: 'for i in 0..<10 { … }', 'if x > 0 { … } else { … }'"
    ),
    (#/(?:^|[\s(,=])f"[^"]*\{/#, "a value within a string is written \"\\(x)\""),
    (
      #/[\w\])]\[(?:-?\d*:-?\d*|[^\[\]"]*,\s*:|:\s*,[^\[\]]*)\]/#,
      "a part of an array is 'a[0..<2]'"
    ),
    (#/\blambda\s+\w*\s*:/#, "a function without a name is '{ x in x * 2 }'"),
  ]
}
