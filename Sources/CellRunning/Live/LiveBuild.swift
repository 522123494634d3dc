import BookModel
import HostSystem

/// The live cells of one chapter: found, checked, compiled, and held against the native run.
struct LiveBuild {
  var runner: ChapterRunner
  var tools: CellTools
  var chapter: Chapter
  var folder: String

  /// - Parameter native: what the chapter's own program showed.
  func module(
    _ scopes: [Scope], native: [CellResult]
  ) throws(DiagnosticError) -> (LiveModule?, [Diagnostic]) {
    let slices = scopes.flatMap { LiveSlice.all(of: $0) }
    guard !slices.isEmpty, runner.settings.live != .off else { return (nil, []) }
    if let missing = runner.toolchain.missingForWebAssembly {
      let isRequired = runner.settings.live == .required
      let diagnostic = Diagnostic(
        isRequired ? .error : .warning, .liveToolchain, at: slices[0].live.infoRange,
        "the toolchain has not \(missing), so that live cells stay as they were built",
        notes: [.init("a toolchain from https://www.swift.org/install has it")])
      if isRequired { throw DiagnosticError(diagnostic) }
      return (nil, [diagnostic])
    }
    let limits = LiveLimits(slices, chapter: chapter)
    if !limits.diagnostics.isEmpty { throw DiagnosticError(limits.diagnostics) }
    let place = folder + "/live"
    do {
      try FileSystem.makeFolder(place)
    } catch {
      throw DiagnosticError(ScratchFolder.unusable(error))
    }
    let engine = try EngineBuild.make(
      sources: runner.sources, toolchain: runner.toolchain, target: .webAssembly,
      cache: runner.settings.engines, observer: runner.settings.engineObserver)
    let module = try LiveCompiler(
      tools: tools, engine: engine, cache: runner.settings.engines, folder: place
    ).module(slices, of: chapter)
    var said: [Diagnostic] = []
    if let node = LiveCheck.foundNode {
      said = try LiveCheck(node: node, tools: tools, folder: place + "/check", chapter: chapter)
        .differences(module, slices, native: native)
    } else {
      said = [
        Diagnostic(
          runner.settings.live == .required ? .error : .warning, .nodeMissing,
          at: slices[0].live.infoRange,
          "without 'node' nobody checks that live cells show in the page what they show in the build",
          notes: [.init("Debian has it in the package nodejs")])
      ]
    }
    if ModuleOptimizer.found == nil {
      said.append(
        Diagnostic(
          .warning, .wasmOptMissing, at: slices[0].live.infoRange,
          "without 'wasm-opt' the live cells of a page are a fifth larger than they need be",
          notes: [.init("Debian has it in the package binaryen")]))
    }
    if said.hasErrors { throw DiagnosticError(said) }
    return (LiveModule(bytes: module, cells: slices.map(\.live.id.index)), said)
  }

  /// What the live module of a chapter, and what is said about it, depends on besides the cells;
  /// nil without live cells.
  static func keyText(runner: ChapterRunner, chapter: Chapter) -> String? {
    guard chapter.cells.contains(where: \.isLive) else { return nil }
    let engine = EngineBuild.key(
      sources: runner.sources, toolchain: runner.toolchain, target: .webAssembly)
    return [
      runner.settings.live.rawValue, engine, LiveCompiler.keyText,
      runner.toolchain.missingForWebAssembly ?? "complete",
      LiveCheck.foundNode == nil ? "unchecked" : "checked",
    ].joined(separator: "\n")
  }
}
