import Foundation
import HostSystem
import PageRendering
import Testing

@testable import BookBuilding

@Suite struct MathematicsTests {
  let folder = try! TemporaryFolder()
  let square = Formula(tex: "x^2", isDisplay: false)
  let lines = Formula(tex: "a \\\\\nb & \"c\"", isDisplay: true)

  @Test func formulasBecomeMathML() async throws {
    let answers = try await KaTeX().typeset([square, Formula(tex: "x", isDisplay: true)])
    guard case .mathML(let inline) = answers[0], case .mathML(let displayed) = answers[1] else {
      Issue.record("no MathML: \(answers)")
      return
    }
    #expect(inline.hasPrefix("<math xmlns") && inline.hasSuffix("</math>"))
    #expect(inline.contains("<msup><mi>x</mi><mn>2</mn></msup>"))
    #expect(displayed.contains("display=\"block\"") && !inline.contains("display=\"block\""))
  }

  @Test func aMistakeIsExplainedWithItsOffset() async throws {
    let answers = try await KaTeX().typeset([
      Formula(tex: "\\frac{a}{b", isDisplay: false),
      Formula(tex: "a + \\unknown", isDisplay: false),
    ])
    #expect(
      answers == [
        .mistake("Unexpected end of input in a macro argument, expected '}'", offset: 10),
        .mistake("Undefined control sequence: \\unknown", offset: 4),
      ])
  }

  @Test func whatKaTeXLeavesOutOrRefusesIsAMistake() async throws {
    let answers = try await KaTeX().typeset(
      [
        "95%", "\\%a%b", "\\href{https://a.b}{x}", "a\\htmlClass{b}{c}", "a \\\\ b",
        "\\newcommand{\\Q}{1}", "x \\tag{1}",
      ].map { Formula(tex: $0, isDisplay: false) })
    let comment =
      "'%' begins a comment, so nothing after it is shown; a percent sign is written '\\%'"
    #expect(
      answers == [
        .mistake(comment, offset: 2), .mistake(comment, offset: 3),
        .mistake(
          "'\\href' is not set; links are written in Markdown, outside of formulas", offset: 0),
        .mistake("'\\htmlClass' is not set; pages take no markup from formulas", offset: 1),
        .mistake(
          "'\\\\' begins no new line outside of an environment; write '\\begin{aligned} … "
            + "\\end{aligned}' around the lines", offset: 2),
        .mistake(
          "it shows nothing, and a macro reaches no further than its formula; 'macros:' in book.yml "
            + "holds those of the whole book", offset: 0),
        .mistake("\\tag works only in display equations", offset: 2),
      ])
  }

  /// Chromium draws `mathvariant` as if it were not there.
  @Test func lettersOfOtherAlphabetsAreCharacters() async throws {
    let katex = KaTeX(macros: ["\\RR": "\\mathbb{R}"])
    let tex = "\\RR \\mathcal{LH} \\mathbf{x1} \\boldsymbol{\\beta} \\mathrm{d} \\mathfrak{C}"
    let answers = try await katex.typeset([Formula(tex: tex, isDisplay: false)])
    guard case .mathML(let text) = answers[0] else {
      Issue.record("no MathML: \(answers)")
      return
    }
    for letter in ["ℝ", "ℒ", "ℋ", "𝐱", "𝟏", "𝜷", "ℭ"] {
      #expect(text.contains(">\(letter)<"), "\(letter)")
    }
    #expect(text.contains("<mi mathvariant=\"normal\">d</mi>"))
    #expect(katex.identity != KaTeX().identity)
  }

  @Test func withoutKaTeXTheFailureNamesThePackage() async throws {
    await #expect(throws: KaTeX.Failure.missing("katex")) {
      try await KaTeX(libraries: ["/nowhere"]).typeset([square])
    }
    #expect(KaTeX(libraries: ["/nowhere"]).identity == nil)
  }

  @Test func theStoreGivesBackWhatWasAdded() throws {
    let path = folder.file("store/formulas")
    var store = FormulaStore(path: path, version: "1")
    store.add([square: "<math>é</math>", lines: "<math>\n</math>"], used: [])
    let again = FormulaStore(path: path, version: "1")
    #expect(again.mathML == [square: "<math>é</math>", lines: "<math>\n</math>"])
    #expect(FormulaStore(path: path, version: "2").mathML.isEmpty)
  }

  @Test func aDamagedStoreCountsAsEmpty() throws {
    let path = folder.file("formulas")
    var store = FormulaStore(path: path, version: "1")
    store.add([square: "<math></math>", lines: "<math></math>"], used: [])
    let whole = try FileSystem.read(path)
    for index in whole.indices {
      var damaged = whole
      damaged[index] ^= 0x11
      try FileSystem.write(damaged, to: path)
      #expect(FormulaStore(path: path, version: "1").mathML.isEmpty, "byte \(index)")
      try FileSystem.write(Array(whole[..<index]), to: path)
      #expect(FormulaStore(path: path, version: "1").mathML.isEmpty, "cut at \(index)")
    }
  }
}
