import BookModel
import HostSystem

extension ScratchFolder {
  static func unusable(_ failure: FileError) -> Diagnostic {
    Diagnostic(
      .error, .temporaryFolderNotWritable,
      "the folder for temporary files, '\(FileSystem.temporaryFolder)', cannot be written: "
        + failure.reason,
      notes: [.init("name another folder with TMPDIR")])
  }
}
