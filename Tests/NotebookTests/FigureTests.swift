import Foundation
import FoundationXML
import Support
import Testing

@testable import Notebook

private let testsFolder = URL(filePath: #filePath).deletingLastPathComponent()

@Suite(.serialized) struct FigureTests {
  @Test func everyFigureIsWhatItWas() throws {
    for exhibit in Gallery.all {
      let file = testsFolder.appending(path: "Golden/\(exhibit.fileName)")
      Golden.expect(exhibit.markup + "\n", at: file)
    }
  }

  @Test func theContactSheetShowsEveryFigure() throws {
    let sheet = testsFolder.deletingLastPathComponent().appending(
      path: "Figures/contact-sheet.html")
    Golden.expect(contactSheet(), at: sheet)
  }

  @Test func everyFigureIsWellFormed() throws {
    for exhibit in Gallery.all {
      let parser = XMLParser(data: Data(exhibit.markup.utf8))
      #expect(parser.parse(), "\(exhibit.name): \(String(describing: parser.parserError))")
    }
  }
}
