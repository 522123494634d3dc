import Foundation
import Support
import Testing

/// The pages' scripts come in pieces that load when they are needed, in any order, and share one object.
@Suite struct SharedNameTests {
  /// What a script puts on the object that all share.
  static func names(in script: String) -> [String] {
    let single = script.matches(of: #/\bnnbook\.(\w+) = /#).map { String($0.1) }
    let several = script.matches(of: #/(?:Object\.assign\(nnbook, |window\.nnbook = )\{([^}]*)\}/#)
      .flatMap {
        $0.1.split(separator: ",").map {
          $0.prefix { $0 != ":" }.trimmingCharacters(in: .whitespacesAndNewlines)
        }
      }
    return single + several
  }

  @Test func whatAScriptSharesIsReadFromIt() {
    let script =
      "nnbook.find = find; if (nnbook.cells == 1) {}\nObject.assign(nnbook, { state, cells: all });"
    #expect(SharedNameTests.names(in: script) == ["find", "state", "cells"])
  }

  @Test func noTwoScriptsShareOneName() throws {
    let folder = Repository.root.appending(path: "Sources/PageRendering/Theme")
    var owners: [String: String] = [:]
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    where file.hasSuffix(".js") {
      let script = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      for name in SharedNameTests.names(in: script) {
        #expect(owners[name] == nil, "'\(name)' of \(file) is that of \(owners[name] ?? "")")
        owners[name] = file
      }
    }
    #expect(owners.count > 10)
  }
}
