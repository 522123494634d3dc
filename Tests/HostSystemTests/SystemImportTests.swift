import Testing

@testable import HostSystem

/// A port to another system is this module's work: nothing else of the builder knows the C library.
/// What cells link with has an interface of its own to it.
@Suite struct SystemImportTests {
  private static let ported = ["HostSystem", "NeuralNet", "Notebook"]

  @Test func `no other module of the builder imports the C library`() throws {
    let root = String(#filePath.split(separator: "/Tests/")[0]) + "/Sources"
    let files = FileSystem.files(below: root).filter { $0.hasSuffix(".swift") }
    try #require(files.count > 100)
    for file in files where !Self.ported.contains(where: { file.hasPrefix($0 + "/") }) {
      let text = String(decoding: try FileSystem.read(root + "/" + file), as: UTF8.self)
      let lines = text.split(separator: "\n").filter { $0.contains("import ") }
      for library in ["Glibc", "Musl", "Darwin"] {
        #expect(!lines.contains { $0.hasSuffix("import " + library) }, "\(file)")
      }
    }
  }
}
