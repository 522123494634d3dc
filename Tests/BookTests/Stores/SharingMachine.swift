import Foundation
import HostSystem

/// A machine among several: a folder with a book, and nothing stored.
struct SharingMachine {
  let folder = try! TemporaryFolder()

  /// - Parameter isLive: whether the book has a chapter whose cells run in the page as well.
  init(isLive: Bool = false) throws {
    try folder.write(
      """
      ---
      title: Numbers
      ---

      ```swift
      import Foundation
      let lines = try! String(contentsOfFile: "data/lines.txt", encoding: .utf8)
      print(lines.utf8.count)
      [1, 2, 3].map { $0 * $0 }
      ```

      The sum is `{swift} 1 + 2`, and $x^2$.
      """,
      to: "chapters/01-numbers.md")
    try folder.write(
      "---\ntitle: Words\n---\n\n```swift\nprint(\"a word\")\n```\n",
      to: "chapters/02-words.md")
    try folder.write("one\ntwo\n", to: "chapters/data/lines.txt")
    if isLive {
      try folder.write(
        """
        ---
        title: Alive
        ---

        ```swift live
        let width = slider("Width", 1...9, default: 3)
        print(width * width)
        ```
        """, to: "chapters/03-alive.md")
    }
  }

  func build(
    _ arguments: String..., environment: [String: String] = [:]
  ) async throws -> CommandRun {
    try await CommandRun(["build"] + arguments, in: folder.path, environment: environment)
  }

  /// The site's files by path.
  func site() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in try FileSystem.everyFile(below: folder.file("site")) {
      files[name] = try FileSystem.read(folder.file("site/" + name))
    }
    return files
  }

  /// As of a machine without a compiler: a program in its place says which one the others have, and can
  /// do nothing else; and no engine is there.
  func environmentWithoutCompiler() throws -> [String: String] {
    let compiler = CommandRun.environment["NNBOOK_SWIFTC"] ?? Environment.program("swiftc") ?? ""
    let child = ChildProcess(
      executable: compiler, arguments: ["-print-target-info"], environment: Environment.ofTools())
    try folder.write(
      String(decoding: try child.collect(seconds: 60).1.output, as: UTF8.self), to: "bin/target")
    let script = """
      #!/bin/sh
      echo "$@" >> '\(folder.file("asked"))'
      [ "$*" = -print-target-info ] || exit 99
      cat '\(folder.file("bin/target"))'

      """
    try folder.write(script, to: "bin/swiftc")
    // Nor is there a program that typesets formulas.
    try folder.write(
      "#!/bin/sh\necho node >> '\(folder.file("asked"))'\nexit 99\n", to: "bin/node")
    for name in ["swiftc", "node"] { chmod(folder.file("bin/" + name), 0o755) }
    let path = Environment.value("PATH") ?? "/usr/bin:/bin"
    return [
      "NNBOOK_SWIFTC": folder.file("bin/swiftc"), "NNBOOK_CACHE": folder.file("cache"),
      "PATH": folder.file("bin") + ":" + path,
    ]
  }

  /// What those programs were asked for, each once.
  func askedOfCompiler() throws -> Set<String> {
    Set(try folder.read("asked").split(separator: "\n").map(String.init))
  }
}
