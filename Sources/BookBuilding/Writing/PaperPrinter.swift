import BookModel
import HostSystem

/// Makes a PDF of a page, with outlines and tags, by Chromium. The page's addresses of places become
/// the PDF's named places, so that a second printing can show the page of each.
struct PaperPrinter: Sendable {
  var chromium: String
  /// Of Debian's `poppler-utils`; nil where references show no pages.
  var pdfinfo: String?
  var bubblewrap: Bubblewrap?

  static let page = "index.html"

  /// - Parameter isConfined: whether programs run in the sandbox where there is one.
  init(isConfined: Bool) throws(DiagnosticError) {
    guard let chromium = Environment.value("NNBOOK_CHROMIUM") ?? Environment.program("chromium")
    else {
      throw DiagnosticError(
        Diagnostic(
          .error, .chromiumMissing,
          "a PDF is printed by 'chromium', which is not on the search path",
          notes: [.init("'apt install chromium' brings it; NNBOOK_CHROMIUM names another")]))
    }
    // Debian's command is a script that reads settings of the user and of the machine.
    let program = "/usr/lib/chromium/chromium"
    let isDebians = chromium == "/usr/bin/chromium" && FileSystem.isExecutable(program)
    self.chromium = isDebians ? program : chromium
    pdfinfo = Environment.program("pdfinfo")
    bubblewrap = isConfined ? Bubblewrap.found : nil
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
    try inScratch { folder throws(FileError) in
      for (path, bytes) in files {
        try FileSystem.makeFolder(Path.folder(of: folder + "/" + path))
        try FileSystem.write(bytes, to: folder + "/" + path)
      }
    } run: { folder throws(DiagnosticError) in
      let work = bubblewrap == nil ? folder : "."
      let said = try run(
        chromium,
        [
          "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
          "--disable-extensions", "--no-first-run", "--user-data-dir=profile",
          "--no-pdf-header-footer", "--generate-pdf-document-outline",
          "--virtual-time-budget=10000", "--print-to-pdf=\(work)/book.pdf", Self.page,
        ], in: folder)
      guard let bytes = try? ConfinedTool.result(folder + "/book.pdf"), !bytes.isEmpty else {
        throw failure(said)
      }
      return bytes
    }
  }

  /// The page on which each named place stands.
  private func places(in pdf: [UInt8]) throws(DiagnosticError) -> [String: Int] {
    guard let pdfinfo else { return [:] }
    return try inScratch { folder throws(FileError) in
      try FileSystem.write(pdf, to: folder + "/book.pdf")
    } run: { folder throws(DiagnosticError) in
      let said = try run(pdfinfo, ["-dests", "book.pdf"], in: folder)
      return Self.places(in: String(decoding: said.output, as: UTF8.self))
    }
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

  private func run(
    _ program: String, _ arguments: [String], in folder: String
  ) throws(DiagnosticError) -> ConfinedTool.Outcome {
    do {
      return try ConfinedTool(
        program, arguments, folder: folder, readable: ["/etc/fonts"],
        limits: ConfinedTool.Limits(seconds: 300, memory: 8 << 30)
      ).run(in: bubblewrap)
    } catch {
      throw DiagnosticError(
        Diagnostic(
          .error, .printingFailed, "'\(program)' does not start: \(error.code.reason)"))
    }
  }

  private func failure(_ said: ConfinedTool.Outcome) -> DiagnosticError {
    let lines = String(decoding: said.error, as: UTF8.self).split(separator: "\n")
    return DiagnosticError(
      Diagnostic(
        .error, .printingFailed, "'\(chromium)' printed no PDF",
        notes: lines.suffix(3).map { .init(String($0)) }))
  }

  private func inScratch<Result>(
    _ fill: (String) throws(FileError) -> Void,
    run body: (String) throws(DiagnosticError) -> Result
  ) throws(DiagnosticError) -> Result {
    let scratch: ScratchFolder
    let folder: String
    do throws(FileError) {
      scratch = try ScratchFolder()
      // It is given to the user that the tool works as.
      folder = scratch.path + "/tool"
      do throws(FileError) {
        try FileSystem.makeFolder(folder)
        try fill(folder)
      } catch {
        scratch.remove()
        throw error
      }
    } catch {
      throw DiagnosticError(
        Diagnostic(
          .error, .printingFailed, "'\(error.path)' cannot be written: \(error.reason)"))
    }
    defer { scratch.remove() }
    return try body(folder)
  }
}
