import BookModel
import HostSystem

/// The Swift compiler that cells are compiled with.
package struct Toolchain: Sendable, Hashable {
  /// The compiler as found, for messages and for starting it.
  package var compiler: String
  /// What `swiftc` says about itself, without line ends.
  package var version: String
  package var triple: String
  /// Folder of the runtime libraries, such as `/usr/lib/swift`.
  package var resources: String

  /// Folder of `clang`, `llvm-ar` and the rest.
  package var programs: String { resources + "/../../bin" }

  /// Finds the compiler: `compiler` when given, else `swiftc` on the search path.
  ///
  /// What it says about itself is asked once and kept in `cache` under its path, size and time of
  /// change: starting it costs as much as the rest of a build in which nothing changed.
  package init(compiler: String?, cache: String) throws(DiagnosticError) {
    guard let found = compiler ?? Environment.program("swiftc"), FileSystem.isExecutable(found)
    else {
      throw DiagnosticError(Self.missing(compiler))
    }
    let path = FileSystem.realPath(found) ?? found
    let frontend = FileSystem.status(Path.folder(of: path) + "/swift-frontend")
    let key = ContentHash.of(
      path, FileSystem.status(path)?.fingerprint ?? "", frontend?.fingerprint ?? "")
    let file = cache + "/toolchains/" + key
    // A launcher that picks one of several toolchains says nothing by its own file.
    let isKept = frontend != nil
    if isKept, case .whole(let bytes) = SealedFile.read(file, kind: Self.kind),
      let kept = Self(compiler: found, description: String(decoding: bytes, as: UTF8.self))
    {
      self = kept
      return
    }
    let child = ChildProcess(
      executable: found, arguments: ["-print-target-info"], environment: Environment.ofTools())
    guard let (ending, text) = try? child.collect(seconds: 60), ending == .exited(0),
      let asked = Self(
        compiler: found, description: String(decoding: text.output, as: UTF8.self))
    else { throw DiagnosticError(Self.missing(found)) }
    self = asked
    if isKept {
      try? FileSystem.makeFolder(cache + "/toolchains")
      // A cache that cannot be written is slower, and not wrong.
      try? SealedFile.write(text.output, kind: Self.kind, to: file)
    }
  }

  private static let kind = "toolchain"

  /// From the JSON of `swiftc -print-target-info`.
  init?(compiler: String, description: String) {
    func value(_ name: String) -> String? {
      let lines = description.split(separator: "\n")
      let start = "\"\(name)\": \""
      for line in lines {
        let text = line.drop { $0 == " " }
        guard text.hasPrefix(start) else { continue }
        return String(text.dropFirst(start.count).prefix { $0 != "\"" })
      }
      return nil
    }
    guard let version = value("compilerVersion"), let triple = value("triple"),
      let resources = value("runtimeResourcePath")
    else { return nil }
    self.compiler = compiler
    self.version = version
    self.triple = triple
    self.resources = resources
  }

  private static func missing(_ compiler: String?) -> Diagnostic {
    let subject =
      compiler.map { "the Swift compiler '\($0)' does not run" }
      ?? "the Swift compiler 'swiftc' is not on the search path"
    return Diagnostic(
      .error, .compilerMissing, "\(subject); chapters with cells need Swift 6.3 or newer",
      notes: [.init("install it from https://www.swift.org/install")])
  }
}
