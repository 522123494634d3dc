import ChapterParsing
import HostSystem

extension IncludedFiles {
  /// Those of the book that a chapter is of.
  package static func beside(chapter path: String) -> IncludedFiles {
    IncludedFiles(ofBook: Path.folder(of: path))
  }

  /// Those of a book that are not hidden.
  init(ofBook folder: String) {
    @Sendable func path(_ name: String) -> String { folder == "." ? name : folder + "/" + name }
    self.init(folder: folder) { name throws(IncludedFileError) in
      if let leaving = LeavingLink(path(name), book: folder) {
        throw IncludedFileError(
          isAbsence: false,
          reason:
            "it is a symbolic link that leads out of the book, to '\(leaving.target)'; copy what "
            + "the book needs into its folder")
      }
      do throws(FileError) {
        return try FileSystem.readText(path(name), most: 4 << 20)
      } catch {
        throw IncludedFileError(isAbsence: error.isAbsence, reason: error.reason)
      }
    } names: {
      let every = (try? FileSystem.everyFile(below: folder)) ?? []
      return every.filter { name in
        !name.hasSuffix(".md") && !name.split(separator: "/").contains { $0.hasPrefix(".") }
      }
    }
  }
}
