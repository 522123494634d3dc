import BookBuilding
import Foundation
import HostSystem
import Testing

/// Builds on a disk of their own, which fills up.
@Suite(.enabled(if: Confinement.isWhole, "needs a disk of its own"))
struct FullDiskTests {
  let folder = try! TemporaryFolder()

  /// Three builds of a book on a small disk: the first has room, the second the given number of
  /// bytes, the third room again. The exit statuses and what was said go into `said`, which is on
  /// another disk, as is a copy of the site after each.
  func script(free: Int, temporary: String) -> String {
    """
    set -u
    mkdir -p "$DISK/tmp"
    export TMPDIR=\(temporary)
    cp -r "$BOOK/chapters" "$DISK/chapters"
    cd "$DISK"
    build() { "$TOOL" build --verbose >"$SAID/$1.out" 2>"$SAID/$1.err"; echo $? >"$SAID/$1.status"; \
    cp -r site "$SAID/$1"; }
    build 1
    sed -i 's/version = 1/version = 2/; s/Version 1/Version 2/' chapters/*.md
    head -c \(free) /dev/zero >spare
    cat /dev/zero >filler 2>/dev/null
    rm spare
    build 2
    rm filler
    build 3
    """
  }

  func run(free: Int, temporary: String) async throws {
    for name in ["disk", "said", "tmp"] { try FileSystem.makeFolder(folder.file(name)) }
    try folder.write(
      """
      ---
      title: A
      ---

      ```swift
      let version = 1
      print("this is version \\(version)")
      ```

      """, to: "book/chapters/a.md")
    try folder.write("---\ntitle: B\n---\n\nVersion 1.\n", to: "book/chapters/b.md")
    try folder.write(script(free: free, temporary: temporary), to: "script")
    let process = CommandRun.process(
      [], in: folder.path,
      environment: [
        "DISK": folder.file("disk"), "BOOK": folder.file("book"), "SAID": folder.file("said"),
        "TOOL": CommandRun.tool,
      ],
      under: Confinement.withDisk(of: 48 << 20, at: folder.file("disk")) + [
        "/bin/sh", folder.file("script"),
      ])
    try process.run()
    await withCheckedContinuation { done in process.terminationHandler = { _ in done.resume() } }
  }

  func site(_ number: Int) throws -> [String: String] {
    let root = folder.file("said/\(number)")
    return Dictionary(
      uniqueKeysWithValues: try FileSystem.everyFile(below: root).map {
        ($0, try folder.read("said/\(number)/" + $0))
      })
  }

  func status(_ number: Int) throws -> String {
    try folder.read("said/\(number).status").trimmingSuffix("\n")
  }

  func said(_ number: Int) -> String { (try? folder.read("said/\(number).err")) ?? "nothing" }

  /// What a build says that had no room, after the check that it did no harm.
  func messageOfBuild(free: Int, temporary: String) async throws -> String {
    try await run(free: free, temporary: temporary)
    #expect(try status(1) == "0", "\(said(1))")
    let old = try site(1)
    #expect(old["a.html"]?.contains("this is version 1") == true)
    #expect(try status(2) == "1")
    #expect(try site(2) == old)
    #expect(try status(3) == "0", "\(said(3))")
    #expect(try folder.read("said/3.err") == "")
    #expect(try !folder.read("said/3.out").contains("damaged"))
    let new = try site(3)
    #expect(new["a.html"]?.contains("this is version 2") == true)
    #expect(new["b.html"]?.contains("Version 2.") == true)
    return try folder.read("said/2.err").replacing(folder.path + "/", with: "")
  }

  @Test(.timeLimit(.minutes(15))) func withNoRoomForASiteTheOldOneStands() async throws {
    let message = try await messageOfBuild(free: 0, temporary: "$SAID/../tmp")
    #expect(
      message.hasPrefix(
        """
        warning: the results of 'chapters/a.md' cannot be stored in 'chapters/.nnbook': no space left \
        on device [results-not-stored]
        error: output 'site' cannot be written: no space left on device; the old site is untouched \
        [output-not-writable]
        note: the system refused 'disk/.site.nnbook-
        """))
  }

  @Test(.timeLimit(.minutes(15)), arguments: [0, 60_000, 400_000])
  func withNoRoomForAProgramTheMessageSaysSo(_ free: Int) async throws {
    let message = try await messageOfBuild(free: free, temporary: "$DISK/tmp")
    #expect(
      message == """
        error: the folder for temporary files, 'disk/tmp', cannot be written: no space left on device \
        [temporary-folder-not-writable]
        note: name another folder with TMPDIR

        """)
  }
}
