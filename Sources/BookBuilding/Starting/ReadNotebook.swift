import BookModel
import Foundation

/// A notebook of Jupyter's format 4, as far as it becomes a chapter.
struct ReadNotebook {
  struct Cell: Decodable {
    var cellType: String
    var source: Lines
    var metadata: Metadata?
    /// Files within the cell, by name; each in forms by media type.
    var attachments: [String: [String: Lines]]?
  }

  struct Metadata: Decodable {
    /// What `nnbook build --format ipynb` wrote.
    var nnbook: [String: String]?
  }

  /// One text, or its lines.
  struct Lines: Decodable {
    var text: String

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      text = try (try? value.decode(String.self)) ?? value.decode([String].self).joined()
    }
  }

  private struct Named: Decodable {
    var name: String?
    var language: String?
  }

  private struct Front: Decodable {
    var kernelspec: Named?
    var languageInfo: Named?
    var nnbook: [String: String]?
  }

  private struct Version: Decodable { var nbformat: Int }
  private struct Document: Decodable {
    var metadata: Front?
    var cells: [Cell]
  }

  var cells: [Cell]
  /// Of the code, in lower case.
  var language: String
  /// Whether nnbook wrote it.
  var isOurs: Bool

  init(_ bytes: [UInt8], path: String) throws(DiagnosticError) {
    let data = Data(bytes)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let document: Document
    do {
      let version = try decoder.decode(Version.self, from: data).nbformat
      guard version == 4 else { throw Self.otherFormat(version, path) }
      document = try decoder.decode(Document.self, from: data)
    } catch let error as DiagnosticError {
      throw error
    } catch let error as DecodingError {
      throw Self.explained(error, path)
    } catch {
      throw Self.error(path, "isn't JSON: \(error)")
    }
    cells = document.cells
    isOurs = document.metadata?.nnbook != nil
    let front = document.metadata
    let name =
      front?.languageInfo?.name ?? front?.kernelspec?.language ?? front?.kernelspec?.name
      ?? "python"
    language = Self.plain(name)
  }

  /// `python3` and `ipython` are Python, and so on.
  private static func plain(_ name: String) -> String {
    let name = name.lowercased()
    for language in ["swift", "python", "julia"] where name.contains(language) { return language }
    let letters = name.filter { $0.isLetter || $0.isNumber || "+#-".contains($0) }
    return letters.isEmpty ? "text" : letters
  }

  // MARK: Messages

  private static func error(_ path: String, line: Int = 1, column: Int = 1, _ summary: String)
    -> DiagnosticError
  {
    DiagnosticError(
      Diagnostic(
        .error, .notebookFormat, at: SourceRange(file: path, line: line, column: column),
        "notebook " + summary))
  }

  private static func otherFormat(_ version: Int, _ path: String) -> DiagnosticError {
    error(
      path,
      "is of format \(version), and 4 is read; 'jupyter nbconvert --to notebook --nbformat 4 "
        + "\(path)' writes it anew")
  }

  private static func explained(_ error: DecodingError, _ path: String) -> DiagnosticError {
    switch error {
    case .dataCorrupted(let context) where context.codingPath.isEmpty:
      let reason =
        (context.underlyingError as NSError?)?.userInfo["NSDebugDescription"] as? String ?? ""
      let place = reason.firstMatch(of: /line (\d+), column (\d+)/)
      let line = place.flatMap { Int($0.1) } ?? 1
      let column = place.flatMap { Int($0.2) } ?? 1
      return self.error(
        path, line: line, column: max(1, column),
        "isn't JSON from here on; a file that was cut off, or holds marks of a merge, is best fetched again"
      )
    case .keyNotFound(let key, let context):
      return self.error(
        path,
        "lacks '\(place(context.codingPath + [key]))'; it is JSON, but no notebook of format 4")
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .dataCorrupted(let context):
      let place = place(context.codingPath)
      return self.error(
        path,
        "has something else at \(place.isEmpty ? "the top" : "'\(place)'") than notebooks of format 4 have"
      )
    @unknown default: return self.error(path, "isn't JSON")
    }
  }

  /// `cells[3].source`, with names as they are in the file.
  private static func place(_ path: [any CodingKey]) -> String {
    path.reduce("") { text, key in
      if let number = key.intValue { return text + "[\(number)]" }
      let name = key.stringValue.reduce(into: "") { name, letter in
        if letter.isUppercase { name += "_" }
        name += letter.lowercased()
      }
      return text.isEmpty ? name : text + "." + name
    }
  }
}
