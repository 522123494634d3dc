extension EngineTarget {
  /// The reader's browser: 128-bit vectors, bulk memory, no C library but what the kernels bring.
  ///
  /// The module is downloaded, so loops are optimised for size; the engine's inner loops are C and
  /// stay fast.
  package static let webAssembly = EngineTarget(
    name: "wasm32-unknown-none-wasm",
    cFlags: [
      "--target=wasm32-unknown-none-wasm", "-std=gnu17", "-O2", "-ffreestanding", "-fno-builtin",
      "-ffp-contract=off", "-fno-math-errno", "-msimd128", "-mbulk-memory", "-flto",
    ],
    swiftFlags: ["-Osize"] + embedded)

  /// For whatever is compiled into a module. Without a hash of the compiler's arguments in its data,
  /// the module is the same from any folder. Everything meets again at the link, which then leaves
  /// out what this module's cells cannot reach: a sixth of it.
  package static let embedded = [
    "-target", "wasm32-unknown-none-wasm", "-enable-experimental-feature", "Embedded",
    "-Xfrontend", "-disable-stack-protector", "-Xcc", "-msimd128", "-Xcc", "-mbulk-memory",
    "-Xfrontend", "-disable-incremental-llvm-codegen", "-lto=llvm-full",
  ]
}
