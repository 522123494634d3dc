import BookModel
import Dispatch
import HostSystem
import Synchronization

/// A compiled engine on its way between machines. It is under a key of all that it depends on, with its
/// files in one content; what arrives is sealed with this machine's secret, and stays apart from what is compiled here.
struct EngineExchange: Sendable {
  private let shared: any SharedContents
  private let key: String

  /// - Parameter key: of sources, compiler and flags. Machines differ in more than one cache ever sees:
  ///   the processor, the C library, and what another distribution made of the same version of Swift.
  init(shared: any SharedContents, key: String, _ toolchain: Toolchain) {
    self.shared = shared
    let library = toolchain.resources + "/linux/Swift.swiftmodule"
    let ofMachine = [
      library + "/" + toolchain.triple + ".swiftmodule", "/usr/include/features.h",
    ].map { path in (try? FileSystem.read(path)).map { ContentHash.of($0) } ?? "-" }
    self.key = ContentHash.of(
      "shared engine 1", key, toolchain.triple, ofMachine.joined(separator: " "))
  }

  /// Puts what another machine compiled where it would be compiled, beside this machine's own headers, and
  /// seals it; false where there is none.
  func take(for compilation: EngineCompilation) throws(DiagnosticError) -> Bool {
    let folder = compilation.folder
    guard let bytes = wait({ [shared, key] in await shared.content(for: key) }) else {
      return false
    }
    guard let files = Self.unpacked(bytes) else {
      shared.rejected()
      return false
    }
    do throws(DiagnosticError) {
      try compilation.copyHeaders()
    } catch {
      FileSystem.discard(folder)
      throw error
    }
    do throws(FileError) {
      for (name, content) in zip(Self.names, files) {
        try FileSystem.write(content, to: folder + "/" + name)
      }
      try EngineSeal(folder: folder).write()
    } catch {
      FileSystem.discard(folder)
      throw DiagnosticError(cacheUnusable(error))
    }
    return true
  }

  /// Adds one that was compiled here.
  func give(_ folder: String) {
    guard let bytes = Self.packed(folder) else { return }
    shared.add(bytes, for: key)
  }

  /// Nil where a file cannot be read.
  static func packed(_ folder: String) -> [UInt8]? {
    var writer = ByteWriter()
    var contents: [[UInt8]] = []
    for name in names {
      guard let content = try? FileSystem.read(folder + "/" + name) else { return nil }
      contents.append(content)
    }
    writer.write(each: contents) { $0.write($1) }
    return writer.bytes
  }

  /// The contents of the files; nil for anything that is no engine.
  static func unpacked(_ bytes: [UInt8]) -> [[UInt8]]? {
    var reader = ByteReader(bytes[...])
    let contents = try? reader.each { reader throws(ByteReader.Malformed) in try reader.data() }
    guard let contents, reader.isAtEnd, contents.count == names.count else { return nil }
    return contents
  }

  /// What travels: a content names no files, so that it can put none anywhere.
  static let names = ["libEngine.a", "NeuralNet.swiftmodule", "Notebook.swiftmodule"]

  /// From a thread that is none of Swift's pool.
  private func wait(_ body: @escaping @Sendable () async -> [UInt8]?) -> [UInt8]? {
    let done = DispatchSemaphore(value: 0)
    let box = Box()
    Task {
      let content = await body()
      box.content.withLock { $0 = content }
      done.signal()
    }
    done.wait()
    return box.content.withLock(\.self)
  }

  private final class Box: Sendable {
    let content = Mutex<[UInt8]?>(nil)
  }
}
