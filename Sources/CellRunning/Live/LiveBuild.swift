import BookModel
import EngineBuilding
import HostSystem

/// The live cells of one chapter: found, checked, compiled, and held against the native run.
struct LiveBuild {
  var setup: RunSetup
  var tools: CellTools
  /// For the browser; nil where the chapter has no live cells that are compiled.
  var engine: EngineBuild?
  var chapter: Chapter
  var folder: String

  /// - Parameters:
  ///   - native: what the chapter's own program showed.
  ///   - records: what it gave for live cells to take, by cell.
  func module(
    _ scopes: [Scope], native: ChapterResult, baked records: [Int: [BakedRecord]]
  ) throws(DiagnosticError) -> (LiveModule?, [Diagnostic]) {
    let slices = scopes.flatMap { LiveSlice.all(of: $0) }
    var limits = LiveLimits(slices, chapter: chapter)
    limits.check(
      scopes.flatMap(\.inlineValues), followed: Set(slices.flatMap(\.values).map(\.id))
    )
    guard let first = slices.first, setup.settings.live != .off else {
      if limits.diagnostics.isEmpty { return (nil, []) }
      throw DiagnosticError(limits.diagnostics)
    }
    if let missing = setup.missingForLiveCells {
      let isRequired = setup.settings.live == .required
      let diagnostic = Diagnostic(
        isRequired ? .error : .warning, .liveToolchain, at: first.live.infoRange,
        "the toolchain has not \(missing), so that live cells stay as they were built",
        notes: [.init("a toolchain from https://www.swift.org/install has it")])
      if isRequired { throw DiagnosticError(diagnostic) }
      return (nil, [diagnostic])
    }
    if !limits.diagnostics.isEmpty { throw DiagnosticError(limits.diagnostics) }
    let needed = Set(slices.flatMap { $0.cells.map(\.id) })
    let baked = BakedValues(
      scopes.flatMap(\.cells).filter { needed.contains($0.id) }, records, chapter: chapter)
    if baked.diagnostics.hasErrors { throw DiagnosticError(baked.diagnostics) }
    let place = folder + "/live"
    do {
      try FileSystem.makeFolder(place)
    } catch {
      throw DiagnosticError(ScratchFolder.unusable(error))
    }
    guard let engine else { return (nil, []) }
    let module = try LiveCompiler(setup: setup, tools: tools, engine: engine, folder: place)
      .module(slices, of: chapter, baked: baked.program)
    var said = baked.diagnostics
    if let node = setup.node {
      said += try LiveCheck(node: node, tools: tools, folder: place + "/check", chapter: chapter)
        .differences(module, slices, native: native)
    } else {
      said += [
        Diagnostic(
          setup.settings.live == .required ? .error : .warning, .nodeMissing,
          at: first.live.infoRange,
          "without 'node' nobody checks that live cells show in the page what they show in the build",
          notes: [.init("Debian has it in the package nodejs")])
      ]
    }
    if setup.optimizer == nil {
      said.append(
        Diagnostic(
          .warning, .wasmOptMissing, at: first.live.infoRange,
          "without 'wasm-opt' the live cells of a page are a fifth larger than they need be",
          notes: [.init("Debian has it in the package binaryen")]))
    }
    if said.hasErrors { throw DiagnosticError(said) }
    return (LiveModule(bytes: module, cells: slices.map(\.live.id.index)), said)
  }

  /// What the live module of a chapter, and what is said about it, depends on besides the cells;
  /// nil without live cells.
  static func keyText(_ setup: RunSetup, _ chapter: Chapter) -> String? {
    guard chapter.cells.contains(where: \.isLive) else { return nil }
    return [
      setup.settings.live.rawValue, setup.engineKey(.webAssembly), LiveCompiler.keyText(setup),
      setup.missingForLiveCells ?? "complete", setup.node == nil ? "unchecked" : "checked",
    ].joined(separator: "\n")
  }
}
