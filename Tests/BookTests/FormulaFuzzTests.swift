import Fuzz
import HostSystem
import PageRendering
import Testing

@testable import BookBuilding

/// The file of formulas as no build wrote it: empty, or as it was.
@Suite struct FormulaFuzzTests {
  let folder = try! TemporaryFolder()

  @Test func noVariantIsTakenForAnother() throws {
    let path = folder.file("formulas")
    let formulas: [Formula: String] = [
      Formula(tex: "x^2", isDisplay: false): "<math>é</math>",
      Formula(tex: "a \\\\\n b", isDisplay: true): "<math>\n</math>",
      Formula(tex: "", isDisplay: true): "",
    ]
    var store = FormulaStore(path: path, version: "1")
    store.add(formulas, used: [])
    let whole = try FileSystem.read(path)
    let tokens = [
      "D 1 1\n", "I 0 0\n", "D -1 9999999999999999999\n", "\n", "\0", "nnbook formulas 1",
    ]
    let found = FuzzRun.firstMistake(seeds: [whole], tokens: tokens) { bytes in
      guard (try? FileSystem.write(bytes, to: path)) != nil else { return "not written" }
      let read = FormulaStore(path: path, version: "1").mathML
      return read == (bytes == whole ? formulas : [:]) ? nil : "read as \(read)"
    }
    #expect(found == nil)
  }
}
