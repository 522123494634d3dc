import HostSystem

extension Toolchain {
  /// What is missing for live cells; nil when nothing is.
  package var missingForWebAssembly: String? {
    if !FileSystem.isExecutable(path(of: .wasmLinker)) { return "the linker 'wasm-ld'" }
    let library = resources + "/embedded/Swift.swiftmodule/wasm32-unknown-none-wasm.swiftmodule"
    if !FileSystem.isFile(library) { return "the embedded standard library for WebAssembly" }
    return nil
  }

  /// Tables of Unicode properties, linked where strings are compared.
  package var unicodeTables: String {
    resources + "/embedded/wasm32-unknown-none-wasm/libswiftUnicodeDataTables.a"
  }
}
