import BookModel
import HostSystem

/// The browser that prints and draws. It works on files in a folder of its own, in the sandbox where
/// there is one, and without the settings of the user.
struct Chromium: Sendable {
  /// Absolute.
  var program: String
  var folder: ToolFolder

  /// Why there is none.
  enum Absence: Error {
    case notFound
    /// What the user's variable names is no program.
    case noProgram(String)

    /// Goes on after a comma or a colon.
    var summary: String {
      switch self {
      case .notFound: "'chromium' is not on the search path"
      case .noProgram(let name): "NNBOOK_CHROMIUM names '\(name)', which is no program"
      }
    }
  }

  private static let variable = "NNBOOK_CHROMIUM"

  /// - Parameter isConfined: whether programs run in the sandbox where there is one.
  init(isConfined: Bool) throws(Absence) {
    let wanted = Environment.value(Self.variable)
    let found = wanted.map { $0.contains("/") ? $0 : Environment.program($0) ?? $0 }
    guard let name = found ?? Environment.program("chromium"), FileSystem.isExecutable(name) else {
      throw wanted.map(Absence.noProgram) ?? .notFound
    }
    // Debian's command is a script that reads settings of the user and of the machine.
    let program = "/usr/lib/chromium/chromium"
    let isDebians = name == "/usr/bin/chromium" && FileSystem.isExecutable(program)
    self.program = isDebians ? program : name
    folder = ToolFolder(bubblewrap: isConfined ? Bubblewrap.found : nil)
  }

  /// - Parameters:
  ///   - result: the name of the file that it writes.
  ///   - option: what asks for that file, such as `--screenshot`.
  ///   - files: `page` and what it shows.
  /// - Returns: the file; what was said where there is none.
  func make(
    _ result: String, by option: String, _ options: [String] = [], of page: String,
    among files: [String: [UInt8]]
  ) throws(DiagnosticError) -> (bytes: [UInt8]?, outcome: ConfinedTool.Outcome) {
    try folder.run(program, result: result, files) { folder in
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--disable-extensions", "--no-first-run", "--user-data-dir=profile",
      ] + options + ["--virtual-time-budget=10000", "\(option)=\(folder)/\(result)", page]
    }
  }
}

/// Where a program that draws or reads a book works: a folder that is made for it and then removed.
struct ToolFolder: Sendable {
  var bubblewrap: Bubblewrap?

  /// - Parameters:
  ///   - result: the name of the file that it writes; nil for one that only says something.
  ///   - files: what it is given.
  ///   - arguments: made of the folder as the program sees it.
  func run(
    _ program: String, result: String? = nil, _ files: [String: [UInt8]],
    _ arguments: (_ folder: String) -> [String]
  ) throws(DiagnosticError) -> (bytes: [UInt8]?, outcome: ConfinedTool.Outcome) {
    let scratch: ScratchFolder
    let folder: String
    do throws(FileError) {
      scratch = try ScratchFolder()
      // It is given to the user that the tool works as.
      folder = scratch.path + "/tool"
      do throws(FileError) {
        try FileSystem.makeFolder(folder)
        for (path, bytes) in files {
          try FileSystem.makeFolder(Path.folder(of: folder + "/" + path))
          try FileSystem.write(bytes, to: folder + "/" + path)
        }
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
    let outcome: ConfinedTool.Outcome
    do {
      outcome = try ConfinedTool(
        program, arguments(bubblewrap == nil ? folder : "."), folder: folder,
        readable: ["/etc/fonts"],
        limits: ConfinedTool.Limits(seconds: 300, memory: 8 << 30)
      ).run(in: bubblewrap)
    } catch {
      throw DiagnosticError(
        Diagnostic(
          .error, .printingFailed, "'\(program)' does not start: \(error.code.reason)"))
    }
    let bytes = result.flatMap { try? ConfinedTool.result(folder + "/" + $0) }
    return (bytes.flatMap { $0.isEmpty ? nil : $0 }, outcome)
  }
}
