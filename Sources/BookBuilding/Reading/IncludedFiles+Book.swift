import ChapterParsing
import HostSystem

extension IncludedFiles {
  /// Those of the book that a chapter is of.
  package static func beside(chapter path: String) -> IncludedFiles? {
    (try? BookFolder(Path.folder(of: path))).map(IncludedFiles.init(of:))
  }

  /// Those of a book that are not hidden.
  init(of folder: BookFolder) {
    self.init(folder: folder.path) { name throws(IncludedFileError) in
      if let leaving = LeavingLink(folder.file(name), book: folder.path) {
        throw IncludedFileError(
          isAbsence: false,
          reason:
            "it is a symbolic link that leads out of the book, to '\(leaving.target)'; copy what "
            + "the book needs into its folder")
      }
      do throws(FileError) {
        return try FileSystem.read(folder.file(name))
      } catch {
        throw IncludedFileError(isAbsence: error.isAbsence, reason: error.reason)
      }
    } names: {
      let every = (try? FileSystem.everyFile(below: folder.path)) ?? []
      return every.filter { name in
        !name.hasSuffix(".md") && !name.split(separator: "/").contains { $0.hasPrefix(".") }
      }
    }
  }
}
