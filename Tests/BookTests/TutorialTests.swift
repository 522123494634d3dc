import BookBuilding
import ChapterParsing
import Foundation
import HostSystem
import Testing

/// The tutorial of the book, followed as a reader follows it: its own commands, and the chapter that
/// it shows, taken out of its text.
@Suite struct TutorialTests {
  let tutorial: String
  /// What it shows between fences, in order.
  let fences: [ShownFence]
  /// The text of the chapter that the tutorial writes.
  let chapter: String

  init() throws {
    let path = CommandRun.packageRoot + "/chapters/22-your-own-chapter.md"
    tutorial = String(decoding: try FileSystem.read(path), as: UTF8.self)
    fences = ShownFence.all(in: tutorial)
    let end = try #require(tutorial.range(of: "## The whole chapter")).upperBound
    chapter = try #require(ShownFence.all(in: String(tutorial[end...])).first).text
  }

  func shown(_ info: String) -> [String] {
    fences.filter { $0.info == info }.map(\.text)
  }

  @Test func theParts() throws {
    let parts = shown("markdown").filter { $0 != chapter }
    #expect(parts.count == 8)
    for part in parts { #expect(chapter.contains(part)) }
  }

  /// What the tutorial's page shows under a part is what the reader's page will show.
  @Test func theTutorialRunsTheCellsThatItShows() throws {
    let parser = ChapterParser()
    let page = try #require(parser.parse(bytes: Array(tutorial.utf8), path: "tutorial.md").0)
    let (parsed, problems) = parser.parse(bytes: Array(chapter.utf8), path: "chapter.md")
    #expect(problems == [])
    let cells = try #require(parsed).cells
    #expect(cells.count == 5)
    for cell in cells.dropLast() {
      #expect(
        page.cells.contains {
          $0.code == cell.code && $0.expectedOutput?.text == cell.expectedOutput?.text
        }, "\(cell.code)")
    }
  }

  @Test func theCommandsAndTheChapterMakeTheBook() async throws {
    let folder = try TemporaryFolder()
    var place = folder.path
    var written = ""
    var answers: [String: String] = [:]
    for command in shown("sh").flatMap({ $0.split(separator: "\n") }).map(Self.words) {
      guard command.first == "nnbook" else {
        #expect(command.first == "cd")
        place += "/" + (try #require(command.last))
        continue
      }
      let run = try await CommandRun(Array(command.dropFirst()), in: place)
      #expect(run.status == 0, "\(command): \(run.errors)")
      answers[command[1]] = run.output
      guard command[1] == "new" else { continue }
      written = run.output.trimmingCharacters(in: .newlines)
      #expect(tutorial.contains("`\(written)`"))
      try FileSystem.write(chapter, to: place + "/" + written)
    }
    #expect(Set(answers.keys) == ["init", "new", "build", "check"])
    #expect(answers["check"]?.hasSuffix(try #require(shown("text").last)) == true)

    let slug = written.replacing("chapters/", with: "").replacing(".md", with: "")
    let page = String(
      decoding: try FileSystem.read("\(place)/site/\(slug).html"), as: UTF8.self)
    try expectResults(on: page)
    let module = try FileSystem.read("\(place)/site/\(slug).live.js")
    #expect(module.count > 10_000)
    #expect(page.contains("src=\"\(slug).live.js\""))
  }

  private func expectResults(on page: String) throws {
    // The number in the sentence is the one that the tutorial expects of the cell further down.
    let output = try #require(shown("output").first)
    let losses = output.split { !"0123456789.".contains($0) }.map(String.init)
    #expect(losses.count == 4)
    #expect(page.contains("With a rate of 1 the loss falls\nfrom 0."))
    #expect(page.contains("\nto \(losses[1]) in 60 steps.</p>"))

    for figure in [
      "fig-rates\">Figure 2.1</a>The loss of the same neuron at four learning rates",
      "fig-your-rate\">Figure 2.2</a>The loss at a rate of your choice",
    ] {
      #expect(
        page.contains("</svg></div></div><figcaption><a class=\"number\" href=\"#" + figure))
    }
    #expect(page.contains(">Figure 2.1</a> the smallest rate hardly moves"))
    #expect(page.contains("Which rate ends with the smallest loss?"))
    #expect(page.contains("data-live"))
    #expect(page.contains("Exercise 2.1"))
    #expect(page.contains("<details class=\"alert solution\">"))
  }

  @Test func aWrongNameHasTheMessageThatIsShown() async throws {
    let message = try #require(shown("text").first)
    let folder = try TemporaryFolder()
    let path = String(try #require(message.split(separator: ":").first))
    #expect(chapter.contains("In [](#fig-rates)"))
    try folder.write(chapter.replacing("In [](#fig-rates)", with: "In [](#fig-rate)"), to: path)
    let run = try await CommandRun(["build"], in: folder.path)
    #expect(run.status == 1)
    #expect(run.errors.contains(message))
  }

  /// The words of a command; quotes hold one together.
  private static func words(_ command: Substring) -> [String] {
    command.split(separator: "\"", omittingEmptySubsequences: false).enumerated().flatMap {
      place, part in
      place.isMultiple(of: 2) ? part.split(separator: " ").map(String.init) : [String(part)]
    }
  }
}

/// A fence of backticks at the beginning of a line, and what stands in it.
struct ShownFence {
  var info: String
  var text: String

  static func all(in markdown: String) -> [ShownFence] {
    var fences: [ShownFence] = []
    var open: (ticks: Substring, fence: ShownFence)?
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      let ticks = line.prefix { $0 == "`" }
      if let current = open {
        if line == current.ticks {
          fences.append(current.fence)
          open = nil
        } else {
          open?.fence.text += line + "\n"
        }
      } else if ticks.count >= 3 {
        open = (ticks, ShownFence(info: String(line.dropFirst(ticks.count)), text: ""))
      }
    }
    return fences
  }
}
