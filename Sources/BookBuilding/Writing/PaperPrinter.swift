import BookModel
import HostSystem

/// Makes a PDF of a page, with outlines and tags, by Chromium. The page's addresses of places become
/// the PDF's named places, so that a second printing can show the page of each.
struct PaperPrinter: Sendable {
  var chromium: Chromium
  /// Of Debian's `poppler-utils`; nil where references show no pages.
  var pdfinfo: String?

  static let page = "index.html"

  /// - Parameter isConfined: whether programs run in the sandbox where there is one.
  init(isConfined: Bool) throws(DiagnosticError) {
    do {
      chromium = try Chromium(isConfined: isConfined)
    } catch {
      throw DiagnosticError(
        Diagnostic(
          .error, .chromiumMissing, "a PDF is printed by Chromium, and \(error.summary)",
          notes: [.init("'apt install chromium' brings it; NNBOOK_CHROMIUM names another")]))
    }
    pdfinfo = Environment.program("pdfinfo")
  }

  /// The PDF of a book.
  ///
  /// - Parameter files: `index.html` and what it shows, with references that tell the given pages.
  func print(
    _ files: ([String: Int]) throws(DiagnosticError) -> [String: [UInt8]]
  ) throws(DiagnosticError) -> [UInt8] {
    // A number takes room, and may move what follows it to another page: printed again until all
    // stay where they are said to be.
    var pages: [String: Int] = [:]
    var printed = try pdf(of: try files([:]))
    guard pdfinfo != nil else { return printed }
    for _ in 0..<3 {
      let found = try places(in: printed)
      if found == pages || found.isEmpty { break }
      pages = found
      printed = try pdf(of: try files(pages))
    }
    return printed
  }

  private func pdf(of files: [String: [UInt8]]) throws(DiagnosticError) -> [UInt8] {
    let (bytes, said) = try chromium.make(
      "book.pdf", by: "--print-to-pdf",
      ["--no-pdf-header-footer", "--generate-pdf-document-outline"], of: Self.page, among: files)
    guard let bytes else { throw failure(said) }
    return bytes
  }

  /// The page on which each named place stands.
  private func places(in pdf: [UInt8]) throws(DiagnosticError) -> [String: Int] {
    guard let pdfinfo else { return [:] }
    let said = try chromium.folder.run(pdfinfo, ["book.pdf": pdf]) { _ in ["-dests", "book.pdf"] }
    return Self.places(in: String(decoding: said.outcome.output, as: UTF8.self))
  }

  /// From lines such as `   2 [ XYZ    6  778 null      ] "01-xor/points"`.
  static func places(in text: String) -> [String: Int] {
    var pages: [String: Int] = [:]
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: "\"", maxSplits: 1)
      guard parts.count == 2, parts[1].hasSuffix("\""),
        let page = Int(line.split(separator: " ").first ?? "")
      else { continue }
      pages[String(parts[1].dropLast())] = page
    }
    return pages
  }

  private func failure(_ said: ConfinedTool.Outcome) -> DiagnosticError {
    let lines = String(decoding: said.error, as: UTF8.self).split(separator: "\n")
    return DiagnosticError(
      Diagnostic(
        .error, .printingFailed, "'\(chromium.program)' printed no PDF",
        notes: lines.suffix(3).map { .init(String($0)) }))
  }
}
