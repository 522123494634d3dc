import BookModel
import EngineBuilding
import HostSystem
import PageRendering

/// The way from a folder of chapters to the files of a site; `SiteWriter` puts them in place. The
/// steps are functions from one value to the next: read, run, typeset, render.
package struct BookBuild: Sendable {
  package struct Outcome: Sendable {
    /// What was read; nil where there is no book.
    package var book: Book?
    package var index: BookIndex?
    /// By relative path; nil where the book has errors.
    package var files: [String: SiteFile]?
    /// Of all chapters, sorted by place.
    package var diagnostics: [Diagnostic] = []
    package var chapterCount: Int { book?.chapters.count ?? 0 }
    /// Paths of drafts that were left out.
    package var leftOut: [String] = []
    /// Hashes of the author's own files that are part of the site, by the path they were read from.
    package var localFiles: [String: String] = [:]
    /// By slug.
    package var results: [String: ChapterResult] = [:]
    /// By slug, for the next round of a served book.
    package var known: [String: KnownResults] = [:]
    /// Of cells whose results are not theirs, by the page's path.
    package var states: [String: CellStates] = [:]
    /// False where a page shows results that are not those of its cells.
    package var isComplete = true
    /// Whether pictures for links could not be drawn.
    package var lacksPictures = false
    /// Of the chapters whose cells were run, now or before.
    package var durations = Durations()
    /// Seconds of each stage, in order.
    package var timings: [(stage: String, seconds: Double)] = []
  }

  let request: BuildRequest
  let observer: BuildObserver
  let execution: CellExecution
  /// Of the builds before; nil where there is but one.
  let memory: BookMemory?
  /// Where files go as they are made; nil keeps them in memory.
  let stage: SiteStage?
  /// Where other machines have formulas; nil for none.
  let shared: (any SharedContents)?

  package init(
    _ request: BuildRequest, execution: CellExecution, memory: BookMemory? = nil,
    stage: SiteStage? = nil, shared: (any SharedContents)? = nil,
    observer: @escaping BuildObserver = { _ in }
  ) {
    self.request = request
    self.shared = shared
    self.memory = memory
    self.stage = stage
    self.execution = execution
    self.observer = observer
  }

  package func run() async -> Outcome {
    let read: ReadBook
    do {
      read = try await self.read()
    } catch {
      return Outcome(diagnostics: error.diagnostics)
    }
    return await finish(read, await results(of: read))
  }

  /// The book as it is in its folder.
  func read() async throws(DiagnosticError) -> ReadBook {
    var clock = StageClock()
    let reader = BookReader(
      includesDrafts: request.includesDrafts, jobs: request.jobs, memory: memory)
    var read = await reader.read(try BookFolder(request.book))
    returnFreedMemory()
    clock.end("read")
    read.clock = clock
    return read
  }

  /// One step for each chapter of the book, in order: what has to run is run.
  func results(of read: ReadBook, _ serving: Serving = Serving()) async -> [Step] {
    switch request.execution {
    case .never: await reuse(read.book.chapters, faulty: read.faulty)
    case .whereNeeded, .always: await run(read.book.chapters, faulty: read.faulty, serving)
    }
  }

  /// One step for each chapter that can be shown at once: nothing runs, and a chapter whose cells
  /// changed shows the results it had, or has by now.
  func recalled(of read: ReadBook, _ serving: Serving) async -> [Step] {
    await recall(read.book.chapters, faulty: read.faulty, serving)
  }

  /// The pages of a book with these results.
  /// - Parameter steps: one for each chapter, in order.
  func finish(_ read: ReadBook, _ steps: [Step]) async -> Outcome {
    var clock = read.clock
    var outcome = Outcome()
    let book = read.book
    outcome.book = book
    outcome.leftOut = read.leftOut
    outcome.isComplete = steps.allSatisfy(\.isComplete)
    for (chapter, step) in zip(book.chapters, steps) {
      outcome.results[chapter.slug] = step.result
      outcome.durations.milliseconds[Path.name(of: chapter.path)] = step.milliseconds
      outcome.known[chapter.slug] = step.known ?? step.result.map { KnownResults(chapter, $0) }
      if !step.states.isEmpty { outcome.states["\(chapter.slug).html"] = step.states }
    }
    clock.end("run")

    let outlines = await parallelMap(book.chapters, width: request.jobs) { chapter in
      guard let memory else { return ChapterOutline(chapter) }
      return memory.outlines.value(named: chapter.path, of: chapter) { ChapterOutline(chapter) }
    }
    memory?.keep(only: Set(book.chapters.map(\.path) + read.leftOut))
    let index = BookIndex(
      settings: book.settings, chapters: outlines, drafts: read.leftOut,
      bibliography: book.bibliography)
    outcome.index = index
    returnFreedMemory()
    clock.end("index")

    let formulas = zip(book.chapters, zip(outlines, steps)).map { chapter, made in
      made.0.formulas
        + (made.1.result.map { WrittenFormula.all(printedBy: $0, in: chapter) } ?? [])
    }
    let (math, mathProblems) = await typeset([index.formulas] + formulas, of: book)
    clock.end("typeset")

    let cited = zip(book.chapters, steps).flatMap { chapter, step in
      step.result.map { WrittenCitation.all(printedBy: $0, in: chapter) } ?? []
    }
    let (works, citationProblems) = await formatCitations(index.citations + cited, of: book)
    if book.bibliography != nil { clock.end("cite") }

    let known = read.diagnostics + steps.flatMap(\.diagnostics) + index.diagnostics
    // Whoever writes a chapter sees what its cells gave beside what is wrong with them.
    let held = request.isServed ? read.diagnostics + index.diagnostics : known
    let keeping: SiteKeeping =
      (held + mathProblems + citationProblems).hasErrors
      ? .nowhere : stage.map { .on($0) } ?? .inMemory
    let pictures = await pictures(of: book, steps.map(\.result), index, keeping)
    outcome.lacksPictures = pictures.areIncomplete
    if book.settings.pictures { clock.end("draw") }
    let site = await render(book, steps.map(\.result), index, math, works, pictures, keeping)
    clock.end("render")

    // A chapter that could not be read is missing from the index, which then misses its targets too.
    let isWhole = book.chapters.count + read.leftOut.count == read.chapterCount
    let quoted = Quoting(book.chapters)
    // An id that stands twice in one chapter is known since it was read.
    let told = Set(read.diagnostics.filter { $0.id == .duplicateID }.map(\.range))
    let found = (isWhole ? index.diagnostics : []).filter {
      $0.id != .duplicateID || !told.contains($0.range)
    }
    let names = NamesOfOtherChapters(book.chapters)
    outcome.diagnostics = Self.sorted(
      read.diagnostics + steps.flatMap(\.diagnostics).map(names.explained)
        + quoted.with(found + mathProblems + citationProblems + site.diagnostics),
      chapters: book.chapters.map(\.path)
    ).map(book.placed)
    let isHeldBack =
      request.isServed
      ? (read.diagnostics + found + mathProblems + citationProblems + site.diagnostics).hasErrors
      : outcome.diagnostics.hasErrors
    if !isHeldBack { outcome.files = site.files }
    outcome.localFiles = site.localFiles
    outcome.timings = clock.stages
    return outcome
  }

  /// By chapter in the order of the book, then by place; what has no place comes first.
  static func sorted(_ diagnostics: [Diagnostic], chapters: [String]) -> [Diagnostic] {
    let places = Dictionary(
      chapters.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    func key(_ diagnostic: Diagnostic) -> (Int, String, Int, Int) {
      guard let range = diagnostic.range else { return (-1, "", 0, 0) }
      return (places[range.file] ?? 0, range.file, range.start.line, range.start.column)
    }
    var seen: Set<Diagnostic> = []
    return diagnostics.filter { seen.insert($0).inserted }
      .enumerated().sorted { a, b in
        let (x, y) = (key(a.element), key(b.element))
        return x == y ? a.offset < b.offset : x < y
      }
      .map(\.element)
  }
}

/// Seconds between the ends of the stages.
struct StageClock {
  private(set) var stages: [(stage: String, seconds: Double)] = []
  private var last = ContinuousClock.now

  mutating func end(_ stage: String) {
    let now = ContinuousClock.now
    stages.append((stage, (now - last) / .seconds(1)))
    last = now
  }
}
