import BookModel
import EngineBuilding
import HostSystem

/// Compiles cells as modules, and the program that loads them.
struct ModuleCompiler {
  var compiler: SwiftCompiler
  var folder: String
  private var toolchain: Toolchain { compiler.tools.toolchain }

  /// The compiler's own flags where `SwiftCompiler.flags` are its driver's. Types keep the names that
  /// they have in the one program, and cells see each other's private parts, as in one file.
  private var flags: [String] {
    [
      "-frontend", "-c", "-target", toolchain.triple, "-disable-objc-interop", "-swift-version",
      "5",
      "-Onone", "-gline-tables-only", "-debug-info-format=dwarf", "-enable-bare-slash-regex",
      "-enable-anonymous-context-mangled-names", "-diagnostic-style", "llvm",
      "-no-color-diagnostics", "-solver-expression-time-threshold=30", "-module-abi-name", "main",
      "-enable-testing", "-enable-private-imports", "-disable-access-control", "-package-name",
      "chapter", "-in-process-plugin-server-path",
      toolchain.root + "/lib/swift/host/libSwiftInProcPluginServer.so", "-plugin-path",
      toolchain.root + "/lib/swift/host/plugins",
    ]
  }

  enum Outcome {
    case library([UInt8], warnings: [Diagnostic])
    /// What the compiler said is about the module; what is wrong with the chapter, the chapter's own
    /// program tells.
    case refused(reason: String)
  }

  /// - Parameters:
  ///   - modules: those that it sees.
  ///   - interfaces: the folder of their interfaces, to which this one's is added.
  ///   - isFinal: whether no later module sees it.
  func compile(
    _ program: CellProgram, as module: CellModule, after modules: [CellModule], interfaces: String,
    isFinal: Bool
  ) throws(DiagnosticError) -> Outcome {
    let name = module.name
    let place = "\(folder)/\(name)"
    let source = name + ".swift"
    var arguments =
      flags + [
        "-module-name", name, "-entry-point-function-name", module.entry, "-I",
        compiler.engine.folder,
        "-I",
        interfaces, "-o", name + ".o",
      ]
    if !isFinal {
      arguments += [
        "-emit-module-path", name + ".swiftmodule", "-emit-module-source-info-path",
        name + ".swiftsourceinfo",
      ]
    }
    let files = [source: Array(program.text.utf8)]
    let readable = [compiler.engine.folder, interfaces]
    let cache = compiler.moduleCache()
    let frontend = toolchain.root + "/bin/swift-frontend"
    var told = try compiler.tools.run(
      frontend, arguments + (cache?.arguments ?? []) + [source], in: place, with: files,
      readable: readable)
    if told.ending != .exited(0), cache != nil, ModuleCache.isMissing(in: told.text) {
      FileSystem.discard(place)
      told = try compiler.tools.run(
        frontend, arguments + [source], in: place, with: files, readable: readable)
    }
    let messages = CompilerMessages(told.text, map: program.map)
    guard told.ending == .exited(0) else {
      let first = messages.diagnostics.first { $0.severity == .error }
      return .refused(reason: first?.summary ?? messages.elsewhere.first ?? "it does not compile")
    }
    do {
      let object = try ConfinedTool.result("\(place)/\(name).o")
      if !isFinal {
        for ending in [".swiftmodule", ".swiftsourceinfo"] {
          let bytes = try ConfinedTool.result("\(place)/\(name)\(ending)")
          try FileSystem.write(bytes, to: "\(interfaces)/\(name)\(ending)")
          try FileSystem.setMode(0o644, of: "\(interfaces)/\(name)\(ending)")
        }
      }
      let linked = place + "-link"
      let linking = try compiler.tools.run(
        toolchain.root + "/bin/ld.lld",
        [
          "-shared", "--eh-frame-hdr", "--no-dependent-libraries", "--as-needed", "-rpath",
          toolchain.resources + "/linux", toolchain.startObject, "module.o", "-L",
          toolchain.resources + "/linux",
        ] + libraries(for: modules + [module]) + ["-o", "module.so"],
        in: linked, with: ["module.o": object])
      guard linking.ending == .exited(0) else {
        return .refused(reason: "it cannot be linked: \(linking.text.prefix(200))")
      }
      return .library(
        try ConfinedTool.result(linked + "/module.so"), warnings: messages.diagnostics)
    } catch let error as DiagnosticError {
      throw error
    } catch {
      return .refused(reason: "the compiler left no library")
    }
  }

  /// What the linker is told for the last of these modules. Without imports of the author it finds all
  /// in the program that loads it; reading every library of the toolchain would take twice as long as
  /// the rest of the linking.
  private func libraries(for modules: [CellModule]) -> [String] {
    modules.contains(where: \.mayImport) ? toolchain.libraries.map { "-l" + $0 } : []
  }

  /// The program that waits for modules, with all of the engine for them to find.
  func host(in folder: String) throws -> String {
    let told = try compiler.tools.run(
      toolchain.confinedCompiler,
      [
        "-swift-version", "5", "-module-name", "host", "-I", compiler.engine.folder, "-c", "-o",
        "main.o", "main.swift",
      ],
      in: folder + "/compile",
      with: ["main.swift": Array("import Notebook\n_nnbookCheckpoints()\n".utf8)],
      readable: [compiler.engine.folder])
    guard told.ending == .exited(0),
      let object = try? ConfinedTool.result(folder + "/compile/main.o")
    else {
      throw NoPreview("the program that loads cells cannot be compiled: \(told.text.prefix(300))")
    }
    let linking = try compiler.tools.run(
      toolchain.path(of: .clang),
      ["-fuse-ld=lld", "-pie", "-rdynamic", "-Wl,--build-id", "-Wl,--no-dependent-libraries"] + [
        "--target=\(toolchain.triple)", "-Wl,-rpath,\(toolchain.resources)/linux",
        toolchain.startObject, "main.o", "-L", compiler.engine.folder, "-Wl,--whole-archive",
        "-lEngine", "-Wl,--no-whole-archive", "-L", toolchain.resources + "/linux",
        "-Wl,--no-as-needed",
      ] + toolchain.implicitLibraries.map { "-l" + $0 } + ["-Wl,--as-needed"]
        + toolchain.libraries.map { "-l" + $0 } + ["-lm", "-o", "program"],
      in: folder + "/link", with: ["main.o": object], readable: [compiler.engine.folder])
    guard linking.ending == .exited(0) else {
      throw NoPreview("the program that loads cells cannot be linked: \(linking.text.prefix(300))")
    }
    return folder + "/link/program"
  }
}
