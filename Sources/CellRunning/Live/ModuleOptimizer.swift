import BookModel
import HostSystem

/// Binaryen's `wasm-opt`, which takes another sixth off a linked module: the compiler writes locals
/// and branches that a stack machine can do without.
struct ModuleOptimizer {
  var program: String
  /// Of what modules depend on: another version is another file.
  var identity: String

  init(program: String) {
    self.program = program
    identity = "wasm-opt \(FileSystem.status(program)?.size ?? 0)"
  }

  /// What the linker's modules may use; it leaves no list of it in them.
  private static let features = [
    "simd", "bulk-memory", "sign-ext", "mutable-globals", "nontrapping-float-to-int", "multivalue",
    "reference-types",
  ]

  /// The linker has inlined what is worth it; more of that is smaller as it stands and larger when
  /// compressed.
  private static let passes = [
    "-Oz", "--always-inline-max-function-size", "0", "--one-caller-inline-max-function-size", "30",
  ]

  /// The module made smaller, or nil if the program gave none.
  func optimized(_ module: [UInt8], with tools: CellTools, in folder: String) -> [UInt8]? {
    let outcome = try? tools.run(
      program,
      Self.features.map { "--enable-" + $0 } + Self.passes + ["live.wasm", "-o", "smaller.wasm"],
      in: folder, with: ["live.wasm": module])
    guard outcome?.ending == .exited(0) else { return nil }
    return try? ConfinedTool.result(folder + "/smaller.wasm")
  }
}
