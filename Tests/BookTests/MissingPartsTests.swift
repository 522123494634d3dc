import BookBuilding
import Foundation
import HostSystem
import Testing

/// What the command says where something that it needs is not installed.
@Suite struct MissingPartsTests {
  private let folder = try! TemporaryFolder()
  private let nothing: [String: String]

  init() throws {
    try folder.write("", to: "empty/.keep")
    nothing = ["PATH": folder.file("empty")]
  }

  @Test func withoutACompilerCellsSayWhatToInstall() async throws {
    try folder.write("---\ntitle: One\n---\n\n```swift\n1 + 1\n```\n", to: "chapters/one.md")
    let run = try await CommandRun(["build"], in: folder.path, environment: nothing)
    #expect(run.status == 1)
    #expect(
      run.errors == """
        error: the Swift compiler 'swiftc' is not on the search path; chapters with cells need \
        Swift 6.3 or newer [compiler-missing]
        note: install it from https://www.swift.org/install

        """)
    #expect(try folder.files.allSatisfy { !$0.hasPrefix("site/") })
  }

  /// The whole build says what to install, and shows what the author wrote.
  func expectPlainFormulas(_ run: CommandRun, missing package: String) throws {
    #expect(run.status == 0)
    #expect(
      run.errors == """
        warning: formulas are shown as TeX, because '\(package)' is not installed; 'apt install katex \
        nodejs' mends this [no-katex]

        """)
    let page = try folder.read("site/one.html")
    #expect(page.contains("x^2 + \\alpha &lt; 3"))
    #expect(page.contains("\\frac{a}{b}"))
    #expect(!page.contains("<math"))
  }

  func writeFormulas() throws {
    try folder.write(
      "---\ntitle: One\n---\n\nThat $x^2 + \\alpha < 3$ holds.\n\n$$\\frac{a}{b}$$\n",
      to: "chapters/one.md")
  }

  @Test func withoutNodeFormulasAreShownAsTeX() async throws {
    try writeFormulas()
    for _ in 1...2 {
      let run = try await CommandRun(["build", "-q"], in: folder.path, environment: nothing)
      try expectPlainFormulas(run, missing: "nodejs")
    }
    // Installed later, it is used.
    let run = try await CommandRun(["build", "-q"], in: folder.path)
    #expect(run.transcript == "exit 0\n")
    #expect(try folder.read("site/one.html").contains("<mfrac>"))
  }

  @Test(.enabled(if: Confinement.bubblewrap != nil, "needs to hide KaTeX"))
  func withoutKaTeXFormulasAreShownAsTeX() async throws {
    try writeFormulas()
    let places = ["/usr/share/nodejs", "/usr/lib/node_modules", "/usr/local/lib/node_modules"]
      .filter { FileSystem.kind(of: $0) == .folder }
    let run = try await CommandRun(
      ["build", "-q"], in: folder.path, environment: ["NODE_PATH": folder.file("empty")],
      under: Confinement.hiding(places))
    try expectPlainFormulas(run, missing: "katex")
  }

  @Test(.timeLimit(.minutes(15))) func withoutBubblewrapCellsRunWithinLimits() async throws {
    try linkPrograms(but: ["bwrap"])
    for name in ["a", "b"] {
      try folder.write(
        "---\ntitle: \(name)\n---\n\n```swift\nprint(6 * 7)\n```\n", to: "chapters/\(name).md")
    }
    let path = ["PATH": folder.file("bin")]
    let required = try await CommandRun(
      ["build", "-q", "--sandbox", "required"], in: folder.path, environment: path)
    #expect(required.status == 1)
    let note = "note: on Debian and Ubuntu: apt install bubblewrap\n"
    #expect(
      required.errors
        == "error: bubblewrap is not installed, and this build requires the sandbox "
        + "[sandbox-missing]\n" + note)
    let edited = try await CommandRun(
      ["serve", "-q", "--edit", "--port", "0"], in: folder.path, environment: path)
    #expect(edited.status == 1)
    #expect(
      edited.errors
        == "error: bubblewrap is not installed, and '--edit' runs what is typed into pages in the "
        + "sandbox only [editing-needs-sandbox]\n" + note)
    let run = try await CommandRun(
      ["build", "-q", "--sandbox", "auto"], in: folder.path, environment: path)
    #expect(run.status == 0)
    #expect(
      run.errors
        == "warning: bubblewrap is not installed; cells run with limits on time, memory and output "
        + "only [sandbox-missing]\n" + note)
    #expect(try folder.read("site/b.html").contains("42"))
    // The limits hold.
    try folder.write(
      """
      ---
      title: c
      ---

      ```swift timeout=1
      while true {}
      ```

      """, to: "chapters/c.md")
    try folder.write(
      """
      ---
      title: d
      ---

      ```swift
      while true { print("again") }
      ```

      """, to: "chapters/d.md")
    let stopped = try await CommandRun(
      ["build", "-q", "--sandbox", "off"], in: folder.path, environment: path)
    #expect(stopped.status == 1)
    #expect(
      stopped.errors.split(separator: "\n").filter { $0.contains("error: ") } == [
        "chapters/c.md:6:13: error: the cell ran longer than 1 s, which is its limit [cell-timeout]",
        "chapters/d.md:6:1: error: the cell printed more than 1024 KiB, which is the limit "
          + "[cell-output-limit]",
      ])
  }

  @Test(.timeLimit(.minutes(15))) func withoutNodeAndBinaryenLiveCellsAreLargerAndUnchecked()
    async throws
  {
    try linkPrograms(but: ["node", "nodejs", "wasm-opt"])
    try folder.write(
      """
      ---
      title: One
      ---

      ```swift live
      slider("Width", 1...9, default: 2) * 10
      ```

      """, to: "chapters/one.md")
    let run = try await CommandRun(
      ["build", "-q", "--sandbox", "off"], in: folder.path,
      environment: ["PATH": folder.file("bin")])
    #expect(run.status == 0)
    #expect(
      run.errors == """
        chapters/one.md:5:4: warning: without 'node' nobody checks that live cells show in the page \
        what they show in the build [node-missing]
        note: Debian has it in the package nodejs
        chapters/one.md:5:4: warning: without 'wasm-opt' the live cells of a page are a fifth larger \
        than they need be [wasm-opt-missing]
        note: Debian has it in the package binaryen

        """)
    let plain = try folder.read("site/one.live.js")
    let whole = try await CommandRun(["build", "-q"], in: folder.path)
    #expect(whole.transcript == "exit 0\n")
    #expect(try folder.read("site/one.live.js").utf8.count < plain.utf8.count)
  }

  /// As in a container that forbids namespaces: bubblewrap is there, and whatever it is asked fails.
  @Test(.timeLimit(.minutes(15))) func whereBubblewrapMayNotWorkCellsRunWithinLimits() async throws
  {
    try linkPrograms(but: ["bwrap"])
    try folder.write(
      """
      #!/bin/sh
      echo 'bwrap: No permissions to create new namespace' >&2
      exit 1

      """, to: "bin/bwrap")
    #expect(chmod(folder.file("bin/bwrap"), 0o755) == 0)
    try folder.write("---\ntitle: A\n---\n\n```swift\nprint(6 * 7)\n```\n", to: "chapters/a.md")
    let path = ["PATH": folder.file("bin")]
    let note = """
      note: unprivileged user namespaces may be turned off; see kernel.unprivileged_userns_clone

      """
    let required = try await CommandRun(
      ["build", "-q", "--sandbox", "required"], in: folder.path, environment: path)
    #expect(required.status == 1)
    #expect(
      required.errors == """
        error: bubblewrap may not make namespaces on this machine, and this build requires the \
        sandbox [sandbox-missing]
        \(note)
        """)
    let edited = try await CommandRun(
      ["serve", "-q", "--edit", "--port", "0"], in: folder.path, environment: path)
    #expect(edited.status == 1)
    #expect(
      edited.errors == """
        error: bubblewrap may not make namespaces on this machine, and '--edit' runs what is typed \
        into pages in the sandbox only [editing-needs-sandbox]
        \(note)
        """)
    let run = try await CommandRun(
      ["build", "-q", "--sandbox", "auto"], in: folder.path, environment: path)
    #expect(run.status == 0)
    #expect(
      run.errors == """
        warning: bubblewrap may not make namespaces on this machine; cells run with limits on time, \
        memory and output only [sandbox-missing]
        \(note)
        """)
    #expect(try folder.read("site/a.html").contains("42"))
  }

  /// Bubblewrap works when it is asked whether it does, and not when cells are to run in it.
  @Test(.timeLimit(.minutes(15))) func whyTheSandboxOfTheCellsDoesNotStartIsTold() async throws {
    try linkPrograms(but: ["bwrap"])
    try folder.write(
      """
      #!/bin/sh
      case "$*" in *main.swift*)
        echo "bwrap: Can't mount tmpfs on /newroot/tmp: No space left on device" >&2
        exit 1
      esac

      """, to: "bin/bwrap")
    #expect(chmod(folder.file("bin/bwrap"), 0o755) == 0)
    try folder.write("---\ntitle: A\n---\n\n```swift\nprint(6 * 7)\n```\n", to: "chapters/a.md")
    let run = try await CommandRun(
      ["build", "-q", "--sandbox", "auto"], in: folder.path,
      environment: ["PATH": folder.file("bin")])
    #expect(run.status == 1)
    #expect(
      run.errors == """
        chapters/a.md:1:1: error: the sandbox of the cells does not start: bwrap: Can't mount tmpfs \
        on /newroot/tmp: No space left on device [sandbox-failed]
        note: '--sandbox off' runs them with limits alone

        """)
    #expect(FileSystem.kind(of: folder.file("site")) == nil)
  }

  /// A folder of links to every program on the path but some.
  func linkPrograms(but missing: Set<String>) throws {
    try FileSystem.makeFolder(folder.file("bin"))
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    for place in path.split(separator: ":").map(String.init) {
      for entry in (try? FileSystem.list(place)) ?? []
      where entry.kind == .file && !missing.contains(entry.name) {
        // The first one of a name counts, as it does on the path.
        symlink(place + "/" + entry.name, folder.file("bin/" + entry.name))
      }
    }
  }

  @Test func withoutACompilerProseIsBuilt() async throws {
    try folder.write("---\ntitle: One\n---\n\nNo cells.\n", to: "chapters/one.md")
    let run = try await CommandRun(["build"], in: folder.path, environment: nothing)
    #expect(run.status == 0)
    #expect(try folder.read("site/one.html").contains("No cells."))
  }
}
