import BookModel

/// Makes options of words, and names the words that cannot be meant together.
struct CellOptionsMaker {
  let given: [CellOptionsParser.Given]

  func make(_ problems: inout Problems) -> CellOptions {
    var excluded: Set<CellWord> = []
    for (first, second, reason) in Self.conflicts + Self.conflictsOfExercises {
      guard let a = find(first), let b = find(second), !excluded.contains(a.word),
        !excluded.contains(b.word)
      else { continue }
      let later = a.range.start < b.range.start ? b : a
      excluded.insert(later.word)
      problems.add(
        .cellWordsConflict, at: later.range,
        "cell words '\(first.rawValue)' and '\(second.rawValue)' can't be meant together: \(reason)"
      )
    }
    let kept = CellOptionsMaker(given: given.filter { !excluded.contains($0.word) })
    if let expect = kept.find(.expect), kept.find(.fail) == nil, kept.find(.crash) == nil,
      !excluded.contains(.fail), !excluded.contains(.crash)
    {
      problems.add(
        .cellWordsConflict, at: expect.range,
        "cell word 'expect' needs 'fail' or 'crash'; it is part of the message of such a cell")
    }
    var options = CellOptions(
      execution: kept.execution(&problems),
      source: kept.has(.hideCode) || kept.has(.hidden)
        ? .hidden : kept.has(.fold) ? .folded : .shown,
      output: kept.output, id: kept.id(&problems), caption: kept.find(.caption)?.value,
      alternativeText: kept.find(.alt)?.value, resetsScope: kept.has(.reset))
    options.showsFile = kept.has(.from)
    return options
  }

  private func find(_ word: CellWord) -> CellOptionsParser.Given? {
    given.first { $0.word == word }
  }

  private func has(_ word: CellWord) -> Bool { find(word) != nil }

  private func execution(_ problems: inout Problems) -> CellOptions.Execution {
    let timeout = seconds(&problems)
    if has(.noRun) { return .compileOnly }
    if has(.ignore) { return .ignored }
    if has(.fail) { return .mustNotCompile(expecting: find(.expect)?.value) }
    if has(.crash) { return .mustStop(expecting: find(.expect)?.value, timeout: timeout) }
    if has(.exercise) { return .starter(timeout: timeout) }
    if has(.checks) { return .checks }
    if has(.solution) {
      return .solution(timeout: timeout, tolerance: tolerance(&problems))
    }
    return .run(
      CellOptions.Run(
        timeout: timeout, tolerance: tolerance(&problems), isLive: has(.live),
        keptOutput: keptOutput(&problems)))
  }

  private var output: CellOptions.OutputDisplay {
    if has(.hidden) || has(.hideOutput) { return .hidden }
    if has(.asis) { return .markdown }
    if let predict = find(.predict) { return .predicted(question: predict.value) }
    return .shown
  }

  private func seconds(_ problems: inout Problems) -> Int {
    guard let timeout = find(.timeout) else { return CellOptions.Run().timeout }
    guard let seconds = Int(timeout.value.value), (1...3600).contains(seconds) else {
      problems.add(
        .cellWordValue, at: timeout.value.range,
        "value '\(timeout.value.value)' of 'timeout' must be whole seconds from 1 to 3600")
      return CellOptions.Run().timeout
    }
    return seconds
  }

  private func keptOutput(_ problems: inout Problems) -> Int? {
    guard let cut = find(.cutOutput) else { return nil }
    guard let kibibytes = Int(cut.value.value), (1...1024).contains(kibibytes) else {
      problems.add(
        .cellWordValue, at: cut.value.range,
        "value '\(cut.value.value)' of 'cut-output' must be whole KiB from 1 to 1024")
      return nil
    }
    return kibibytes << 10
  }

  private func tolerance(_ problems: inout Problems) -> Double? {
    guard let tol = find(.tol) else { return nil }
    guard let tolerance = Double(tol.value.value), tolerance >= 0, tolerance < 1 else {
      problems.add(
        .cellWordValue, at: tol.value.range,
        "value '\(tol.value.value)' of 'tol' must be a number from 0 to below 1, such as '1e-4'")
      return nil
    }
    return tolerance
  }

  private func id(_ problems: inout Problems) -> Located<String>? {
    guard let id = find(.id)?.value else { return nil }
    guard isName(id.value) else {
      problems.add(
        .cellWordValue, at: id.range,
        "value '\(id.value)' of 'id' must be letters, digits, '-' and '_', with a letter first")
      return nil
    }
    for (prefix, owner) in [("eq-", "formulas"), ("sec-", "sections")]
    where id.value.hasPrefix(prefix) {
      problems.add(
        .cellWordValue, at: id.range,
        "value '\(id.value)' of 'id' begins with '\(prefix)', which names \(owner); cells have "
          + "'fig-', 'tbl-' and 'lst-'")
      return nil
    }
    return id
  }

  private static let conflicts: [(CellWord, CellWord, String)] =
    [
      (.noRun, .ignore, "one compiles the cell, the other does not look at it"),
      (.noRun, .fail, "one must compile, the other must not"),
      (.noRun, .crash, "one does not run, the other must stop while running"),
      (.ignore, .fail, "one is not looked at, the other must not compile"),
      (.ignore, .crash, "one does not run, the other must stop while running"),
      (.fail, .crash, "what does not compile cannot run"),
      (.hidden, .hideCode, "'hidden' shows nothing at all"),
      (.hidden, .hideOutput, "'hidden' shows nothing at all"),
      (.hidden, .fold, "'hidden' shows nothing at all"),
      (.hidden, .asis, "'hidden' shows nothing at all"),
      (.hidden, .predict, "'hidden' shows nothing at all"),
      (.hidden, .live, "'hidden' shows nothing at all"),
      (.hidden, .caption, "'hidden' shows nothing at all"),
      (.hidden, .alt, "'hidden' shows nothing at all"),
      (.hideCode, .hideOutput, "nothing would be left to show; write 'hidden'"),
      (.hideCode, .fold, "one shows no source, the other shows it folded"),
      (.hideOutput, .asis, "one shows no output, the other shows it as Markdown"),
      (.hideOutput, .predict, "one shows no output, the other reveals it"),
      (.hideOutput, .live, "one shows no output, the other lets the reader change it"),
      (.hideOutput, .alt, "'alt' describes the output"),
      (.asis, .predict, "a prediction is about a value, not about Markdown"),
      (.asis, .live, "output that changes in the page cannot be Markdown"),
      (.cutOutput, .live, "the page shows all that a live cell prints"),
    ]
    + [CellWord.noRun, .ignore].flatMap { word in
      [CellWord.hideCode, .hideOutput, .asis, .predict, .alt].map {
        (word, $0, "a cell that does not run has no output")
      }
    }
    + [CellWord.noRun, .ignore, .fail, .crash].flatMap { word in
      [CellWord.tol, .live, .cutOutput].map {
        (word, $0, "only a cell that runs to its end has a result")
      }
    }
    + [CellWord.noRun, .ignore, .fail].flatMap { word in
      [CellWord.timeout].map { (word, $0, "only a cell that runs takes time") }
    }
    + [
      (.ignore, .hidden, "a cell neither run nor shown is nothing"),
      (.ignore, .reset, "a cell that is not looked at has no scope"),
      (.fail, .asis, "the compiler's message is not Markdown"),
      (.fail, .reset, "a cell that does not compile starts no scope"),
      (.crash, .reset, "a cell that stops starts no scope"),
    ]
}
