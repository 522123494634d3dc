/// What the engine is compiled for, and with which flags. All of it is part of the engine's key.
package struct EngineTarget: Sendable, Hashable {
  package var name: String
  package var cFlags: [String]
  package var swiftFlags: [String]

  package init(name: String, cFlags: [String], swiftFlags: [String]) {
    self.name = name
    self.cFlags = cFlags
    self.swiftFlags = swiftFlags
  }

  /// This machine. `-ffp-contract=off`, because one defined order of arithmetic must not depend on
  /// what a compiler fuses.
  package static let native = EngineTarget(
    name: "native",
    cFlags: ["-O3", "-ffp-contract=off", "-fno-math-errno", "-fno-omit-frame-pointer", "-fPIC"],
    // With frame pointers a backtrace reaches the author's line from inside the engine.
    swiftFlags: ["-O", "-Xcc", "-fno-omit-frame-pointer"])
}
