import Foundation
import FoundationXML
import Testing

@testable import Notebook

private let testsFolder = URL(filePath: #filePath).deletingLastPathComponent()
private let isUpdating = ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1"

/// Compares with a committed file, or rewrites it.
private func expectGolden(_ text: String, _ file: URL) throws {
  if isUpdating {
    try Data(text.utf8).write(to: file)
    return
  }
  let golden = try String(contentsOf: file, encoding: .utf8)
  #expect(text == golden, "\(file.lastPathComponent) differs; UPDATE_GOLDENS=1 rewrites it")
}

@Suite(.serialized) struct FigureTests {
  @Test func everyFigureIsWhatItWas() throws {
    for exhibit in Gallery.all {
      let file = testsFolder.appending(path: "Golden/\(exhibit.fileName)")
      try expectGolden(exhibit.markup + "\n", file)
    }
  }

  @Test func theContactSheetShowsEveryFigure() throws {
    let sheet = testsFolder.deletingLastPathComponent().appending(
      path: "Figures/contact-sheet.html")
    try expectGolden(contactSheet(), sheet)
  }

  @Test func everyFigureIsWellFormed() throws {
    for exhibit in Gallery.all {
      let parser = XMLParser(data: Data(exhibit.markup.utf8))
      #expect(parser.parse(), "\(exhibit.name): \(String(describing: parser.parserError))")
    }
  }
}
