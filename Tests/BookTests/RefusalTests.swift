import BookBuilding
import EngineBuilding
import Foundation
import HostSystem
import Testing

/// What the command says where files, folders and ports are not as it needs them.
@Suite struct RefusalTests {
  private let folder = try! TemporaryFolder()

  /// Root may do everything, whatever the bits of a file say.
  private static let withoutPrivileges = geteuid() == 0 ? Confinement.withoutPrivileges : []
  private static let bitsCount = geteuid() != 0 || Confinement.bubblewrap != nil

  private func run(_ arguments: String, confined: Bool = false) async throws -> CommandRun {
    try await CommandRun(
      arguments.split(separator: " ").map(String.init), in: folder.path,
      under: confined ? Self.withoutPrivileges : [])
  }

  private func writeChapter(_ text: String = "Text.", to name: String = "a.md") throws {
    try folder.write("---\ntitle: A\n---\n\n\(text)\n", to: "chapters/\(name)")
  }

  private func close(_ name: String, to bits: mode_t = 0) { chmod(folder.file(name), bits) }

  @Test func startingRefusesNamesThatAreTaken() async throws {
    try folder.write("", to: "book/chapters/01-a-first-network.md")
    #expect(
      try await run("init book").errors
        == "error: 'book/chapters/01-a-first-network.md' is there already; a book starts in a new folder [book-exists]\n"
    )
    #expect(
      try await run("init /proc/book").errors.hasSuffix(
        " cannot be written: no such file or directory [folder-not-writable]\n"))
    try writeChapter()
    #expect(
      try await run("new !").errors
        == "error: title '!' gives no file name; a title has at least one letter or digit "
        + "[title-without-name]\n")
  }

  @Test func aChapterTakesNoPlaceOfThePagesOfTheSite() async throws {
    try writeChapter(to: "index.md")
    try writeChapter("[the page](a.html) and ![a picture](none.png)")
    try folder.write("Not here.", to: "chapters/static/404.html")
    #expect(
      try await run("build").errors == """
        chapters/a.md:5:1: error: link 'a.html' names no file of the book; a link to the chapter is \
        written 'a.md' [unknown-link]
          [the page](a.html) and ![a picture](none.png)
          ^~~~~~~~~~~~~~~~~~
        chapters/a.md:5:24: error: file 'chapters/none.png' is not there [unknown-file]
          [the page](a.html) and ![a picture](none.png)
                                 ^~~~~~~~~~~~~~~~~~~~~~
        chapters/static/404.html:1:1: error: file 'chapters/static/404.html' would take the place of a \
        page of the site; give it another name [reserved-file-name]
        chapters/index.md:1:1: error: chapter 'index.md' would take the place of the list of \
        chapters; give it another name [reserved-chapter-name]

        """)
  }

  @Test func filesBesideTheFolderOfTheChaptersAreNamed() async throws {
    try writeChapter("")
    try folder.write("title: Elsewhere", to: "book.yml")
    try folder.write("x", to: "static/CNAME")
    try folder.write("x", to: "theme/style.css")
    #expect(
      try await run("build").errors == """
        warning: settings 'book.yml' are not read; they stand beside the chapters, as \
        'chapters/book.yml' [settings-name]
        warning: folder 'static' is not read; it stands beside the chapters, as 'chapters/static' \
        [not-beside-chapters]
        warning: folder 'theme' is not read; it stands beside the chapters, as 'chapters/theme' \
        [not-beside-chapters]

        """)
    try folder.write("title: Here", to: "chapters/book.yml")
    try FileSystem.makeFolder(folder.file("chapters/static"))
    try FileSystem.makeFolder(folder.file("chapters/theme"))
    #expect(try await run("build").errors == "")
  }

  @Test func filesThatMayBeTakenForOthersAreNamed() async throws {
    for name in ["1-a.md", "1-b.md", "A.md", "a.md", "README.md", "old.mdx", "part/c.md"] {
      try writeChapter(to: name)
    }
    let errors = try await run("build").errors
    for message in [
      "chapters/old.mdx:1:1: warning: file 'old.mdx' is not read; the name of a chapter ends in "
        + "'.md' [chapter-not-read]\n",
      "warning: file 'part/c.md' is not read; chapters stand in 'chapters' itself "
        + "[chapter-not-read]\n",
      "error: chapters 'A.md' and 'a.md' differ in capital letters alone, and many machines take "
        + "them for one file; give one another name [chapter-names-alike]\n",
      "warning: chapters '1-a.md' and '1-b.md' have one number, so their letters decide which comes "
        + "first [chapter-numbers-alike]\n",
      "warning: 'README.md' is a chapter of the book, as every file here that ends in '.md'; one that "
        + "is none stands outside of 'chapters' [readme-as-chapter]\n",
    ] { #expect(errors.contains(message), "\(message) in \(errors)") }
    try FileSystem.remove(folder.file("chapters"))
    try writeChapter("![a cat](https://example.org/cat.png)")
    symlink("/etc/hostname", folder.file("chapters/b.md"))
    let leaving = try await run("build").errors
    #expect(
      leaving.contains(
        "error: 'chapters/b.md' is a symbolic link that leads out of the book, to '/etc/hostname'; "
          + "copy what the book needs into its folder [link-leaves-book]\n"))
    try FileSystem.remove(folder.file("chapters/b.md"))
    #expect(
      try await run("build").errors.hasPrefix(
        "chapters/a.md:5:1: warning: image 'https://example.org/cat.png' will not show: pages load "
          + "nothing from other servers; put the file beside the chapter [remote-image]\n"))
    let nameless = try await CommandRun(["init", ""], in: folder.path)
    #expect(
      nameless.errors
        == "error: a book needs a folder; name one that is new, or '.' for the one at hand "
        + "[no-folder-name]\n")
    for name in ["theme/style.css", "theme/leaf.svg"] {
      let other = try TemporaryFolder()
      try other.write("# A\n", to: "chapters/a.md")
      try FileSystem.makeFolder(other.file("chapters/theme"))
      try FileManager.default.createSymbolicLink(
        atPath: other.file("chapters/\(name)"), withDestinationPath: "/etc/hostname")
      let run = try await CommandRun(["build"], in: other.path)
      #expect(
        run.errors.contains(
          "error: 'chapters/\(name)' is a symbolic link that leads out of the book, to '/etc/hostname'"
        ))
      #expect(FileSystem.kind(of: other.file("site")) == nil)
    }
    let other = try TemporaryFolder()
    try other.write("# A\n\n```text from=etc/hostname\n```\n", to: "chapters/a.md")
    try FileManager.default.createSymbolicLink(
      atPath: other.file("chapters/etc"), withDestinationPath: "/etc")
    #expect(
      try await CommandRun(["build"], in: other.path).errors.hasPrefix(
        "chapters/a.md:3:14: error: file 'etc/hostname' cannot be read: it is a symbolic link that leads "
          + "out of the book, to '/etc/hostname'; copy what the book needs into its folder "
          + "[included-file]\n"))
  }

  @Test func theListOfChaptersIsWhole() async throws {
    try writeChapter()
    try writeChapter(to: "b.md")
    try folder.write("chapters:\n  - b.md\n  - c.md\n", to: "chapters/book.yml")
    let run = try await run("build")
    #expect(
      run.errors.contains("error: chapter 'c.md' is not in folder 'chapters'; did you mean 'a.md'?")
    )
    #expect(
      run.errors.contains(
        "chapters/a.md:1:1: error: chapter 'a.md' is not among the chapters of 'chapters/book.yml'; "
          + "the list names all of them, and 'draft: true' keeps one out of the site "
          + "[unlisted-chapter]\n"))
  }

  @Test(.enabled(if: bitsCount, "needs to be refused a file")) func whatCannotBeReadIsSaid()
    async throws
  {
    try writeChapter()
    try folder.write("title: T\n", to: "chapters/book.yml")
    close("chapters/a.md")
    close("chapters/book.yml")
    let files = try await run("build", confined: true)
    #expect(
      files.errors.contains(
        "chapters/a.md:1:1: error: chapter cannot be read: permission denied [chapter-not-readable]"
      ))
    #expect(
      files.errors.contains(
        "error: settings cannot be read: permission denied [settings-not-readable]")
    )
    close("chapters")
    #expect(
      try await run("build", confined: true).errors
        == "error: folder 'chapters' cannot be read: permission denied [folder-not-readable]\n")
    close("chapters", to: 0o755)
    close("chapters/a.md", to: 0o644)
    try FileSystem.remove(folder.file("chapters/book.yml"))
    try folder.write("", to: "site/a.html")
    close("site")
    #expect(
      try await run("build", confined: true).errors
        == "error: output 'site' cannot be read: permission denied [output-not-readable]\n")
    close("site", to: 0o755)
  }

  @Test(.enabled(if: bitsCount, "needs to be refused a file")) func whatCannotBeWrittenIsSaid()
    async throws
  {
    try writeChapter("```swift\nprint(1)\n```\n\n```output\n2\n```")
    close("chapters", to: 0o555)
    close("chapters/a.md", to: 0o444)
    #expect(
      try await run("check --accept --sandbox off", confined: true).errors.contains(
        "error: chapter 'chapters/a.md' cannot be written: permission denied [chapter-not-writable]"
      )
    )
    close("chapters", to: 0o755)
    try folder.write("", to: "chapters/.nnbook/results/x")
    close("chapters/.nnbook/results", to: 0o555)
    #expect(
      try await run("clean", confined: true).errors
        == "error: 'chapters/.nnbook/results/x' cannot be removed: permission denied "
        + "[not-removable]\n")
    close("chapters/.nnbook/results", to: 0o755)
  }

  @Test func aPortIsTakenOnce() async throws {
    try writeChapter()
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { Foundation.close(listener) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        #expect(bind(listener, $0, length) == 0 && listen(listener, 1) == 0)
        #expect(getsockname(listener, $0, &length) == 0)
      }
    }
    let port = UInt16(bigEndian: address.sin_port)
    let run = try await run("serve --port \(port)")
    #expect(
      run.errors == "error: port \(port) is in use; '--port' names another [port-taken]\n")
  }

  /// A system that lets nobody watch files, and one that keeps its small ports.
  @Test(.enabled(if: Confinement.canUnshare, "needs namespaces"))
  func aServerSaysWhatTheSystemRefuses() async throws {
    try writeChapter()
    let refused = try await CommandRun(
      ["serve", "--port", "80"], in: folder.path,
      under: Confinement.unshare(["-n"], "exec setpriv --bounding-set=-all --inh-caps=-all \"$@\""))
    #expect(
      refused.errors == "error: port 80 cannot be served: permission denied [server-failed]\n")
    let unwatched = try await CommandRun(
      ["serve", "--port", "8098"], in: folder.path,
      under: Confinement.unshare([], "echo 0 > /proc/sys/user/max_inotify_instances"))
    #expect(
      unwatched.errors
        == "error: 'chapters' cannot be watched: too many open files [not-watchable]\n")
  }

  @Test func theEngineIsLookedForWhereItIsSaidToBe() async throws {
    try writeChapter("```swift\nprint(1)\n```")
    func build(_ environment: [String: String]) async throws -> String {
      try await CommandRun(["build", "-q"], in: folder.path, environment: environment).errors
    }
    #expect(
      try await build(["NNBOOK_ENGINE": "/nowhere"]).hasPrefix(
        "error: the engine's sources are not in '/nowhere'; cells are compiled against them "
          + "[engine-missing]\n"))
    for module in ["NeuralNetKernels/include", "NeuralNet", "Notebook"] {
      try FileSystem.makeFolder(folder.file("engine/" + module))
    }
    try folder.write("let x: Int = true\n", to: "engine/NeuralNet/a.swift")
    let own = ["NNBOOK_ENGINE": folder.file("engine"), "NNBOOK_CACHE": folder.file("cache")]
    let failed = try await build(own)
    #expect(failed.contains("error: compiling the engine failed at "))
    #expect(failed.contains(" [engine-build-failed]\n"))
    #expect(
      try await build(["NNBOOK_ENGINE": folder.file("engine"), "NNBOOK_CACHE": "/proc/nnbook"])
        .hasPrefix(
          "error: the cache folder '/proc/nnbook' cannot be written: no such file or directory "
            + "[cache-not-writable]\n"))
  }

  /// A toolchain of links to the real one, whose compiler breaks on the chapter's program and which has
  /// no linker for the browser.
  @Test(.timeLimit(.minutes(15))) func aBrokenToolchainIsNamed() async throws {
    let real = try Toolchain(compiler: nil, cache: CommandRun.environment["NNBOOK_CACHE"]!)
    let root = try #require(FileSystem.realPath(real.resources + "/../.."))
    let own = folder.file("own")
    for part in ["bin", "lib/swift"] {
      try FileSystem.makeFolder("\(own)/\(part)")
      for name in try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(part)")
      where name != "swiftc" && name != "wasm-ld" {
        symlink("\(root)/\(part)/\(name)", "\(own)/\(part)/\(name)")
      }
    }
    try folder.write(
      """
      #!/bin/sh
      case "$*" in
        *-print-target-info*) '\(real.compiler)' "$@" | sed 's|\(root)/|\(own)/|'; exit ;;
        *main.swift*)
          if [ -e '\(folder.file("broken"))' ]; then
            echo 'LLVM ERROR: out of luck' >&2
            exit 1
          fi ;;
      esac
      exec '\(real.compiler)' "$@"

      """, to: "own/bin/swiftc")
    close("own/bin/swiftc", to: 0o755)
    try writeChapter("```swift live\nprint(1)\n```")
    func build() async throws -> CommandRun {
      try await CommandRun(
        // What the links lead to is not in the sandbox.
        ["build", "-q", "--sandbox", "off"], in: folder.path,
        environment: ["NNBOOK_SWIFTC": own + "/bin/swiftc"])
    }
    let incomplete = try await build()
    #expect(
      incomplete.errors == """
        chapters/a.md:5:4: warning: the toolchain has not the linker 'wasm-ld', so that live cells \
        stay as they were built [live-toolchain]
        note: a toolchain from https://www.swift.org/install has it

        """)
    try writeChapter("```swift\nprint(2)\n```")
    try folder.write("", to: "broken")
    let broken = try await build()
    #expect(
      broken.errors == """
        chapters/a.md:1:1: error: the compiler stopped without naming a place in the chapter \
        [compiler-failed]
        note: it ended with exit code 1, after saying: LLVM ERROR: out of luck
        note: please report this with the chapter; \(real.version)

        """)
  }

  @Test func formulasAreShownAsTeXWhereKaTeXFails() async throws {
    try writeChapter("$x$")
    try folder.write("#!/bin/sh\nexit 3\n", to: "bin/node")
    close("bin/node", to: 0o755)
    let run = try await CommandRun(
      ["build", "-q"], in: folder.path,
      environment: ["PATH": folder.file("bin") + ":/usr/bin:/bin"])
    #expect(run.status == 0)
    #expect(
      run.errors.hasPrefix("warning: formulas are shown as TeX, because KaTeX failed: ")
        && run.errors.contains(" [katex-failed]\n"))
  }

  @Test func aFormulaThatCannotBeSetIsShown() async throws {
    try writeChapter("That $\\frac{1$ is half of it.")
    let run = try await run("build")
    #expect(run.status == 1)
    #expect(run.errors.hasPrefix("chapters/a.md:5:14: error: formula cannot be set at the end: "))
    #expect(run.errors.contains(" [formula]\n"))
  }

  @Test func messagesAreExplained() async throws {
    let known = try await run("explain [live-timeout]")
    #expect(
      known.transcript == """
        exit 0
        --- output
          the live cell ran for more than … s as WebAssembly; a reader will not wait

        Let it do less at the defaults of its controls: fewer steps, fewer samples. 'timeout=…' gives \
        it more time.

        """)
    let unknown = try await run("explain live-timeot")
    #expect(
      unknown.transcript == """
        exit 1
        --- errors
        error: message 'live-timeot' doesn't exist; did you mean 'live-timeout'? [unknown-message]

        """)
  }

  /// Once for each run, and to people alone.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script")))
  func onATerminalTheFirstMessagesSayWhereMoreIs() async throws {
    try writeChapter("[](#nothing) and [](#fig-none)")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/script")
    process.arguments = ["-qec", "'\(CommandRun.tool)' build", "/dev/null"]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(text.contains("'nnbook explain unknown-reference' says more\r\n"))
    #expect(try await !run("build").errors.contains("nnbook explain"))
  }
}
