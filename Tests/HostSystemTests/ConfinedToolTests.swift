import HostSystem
import Testing

/// A shell in the place of a compiler, which tries what a compiler must not be able to do.
@Suite(.enabled(if: Bubblewrap.found != nil, "this machine has no sandbox"))
final class ConfinedToolTests {
  let folder: String

  init() throws {
    folder = try FileSystem.makeTemporaryFolder("nnbook-confined-test")
    // As a run's own folder is: where root may not mount, another user makes the sandbox's view.
    FileSystem.openToAll(folder)
  }
  deinit { FileSystem.discard(folder) }

  private func shell(
    _ script: String, limits: ConfinedTool.Limits = .init(seconds: 20, memory: 1 << 30)
  ) throws -> (ending: ConfinedTool.Ending, said: String) {
    let place = folder + "/\(UInt64.random(in: 0 ... .max))"
    try FileSystem.makeFolder(place)
    let outcome = try ConfinedTool(
      "/bin/sh", ["-c", script], folder: place, readable: [], limits: limits
    ).run(in: Bubblewrap.found)
    return (outcome.ending, String(decoding: outcome.output, as: UTF8.self))
  }

  @Test func `it writes its own folder and no other`() throws {
    let secret = folder + "/secret"
    try FileSystem.write("private", to: secret)
    let script = """
      for place in /x /usr/x /etc/x /dev/x /proc/sys/kernel/hostname \(folder)/x; do
        (echo text > $place) 2>/dev/null && echo wrote $place
      done
      cat \(secret) /root/.bashrc "$HOME/../secret" 2>/dev/null
      ls /home /root /var 2>/dev/null
      echo own > own && cat own
      """
    let (ending, said) = try shell(script)
    #expect(ending == .exited(0))
    #expect(said == "own\n")
  }

  @Test func `it sees no process, no network and no environment of ours`() throws {
    let (_, said) = try shell(
      "ls -d /proc/[0-9]* | wc -l; grep -c : /proc/net/dev; env | grep -v -e PWD -e _= | sort")
    let lines = said.split(separator: "\n")
    #expect(lines.count > 2 && (Int(lines[0]) ?? 99) <= 8)
    #expect(lines.dropFirst().first == "1")
    let names = Set(lines.dropFirst(2).map { $0.prefix { $0 != "=" } })
    #expect(names.isSubset(of: ["HOME", "LC_ALL", "PATH", "SHLVL", "TMPDIR"]))
  }

  @Test func `it ends at its limits`() throws {
    #expect(
      try shell("sleep 30", limits: .init(seconds: 1, memory: 1 << 30)).ending == .tookTooLong)
    let hungry = "head -c 200m /dev/zero | tail -c 190m | (sleep 5; wc -c)"
    #expect(
      try shell(hungry, limits: .init(seconds: 20, memory: 100 << 20)).ending
        == .usedTooMuchMemory)
  }

  @Test func `a link that it leaves leads nowhere`() throws {
    try FileSystem.write("private", to: folder + "/private")
    #expect(FileSystem.makeLink(folder + "/result", to: folder + "/private"))
    #expect(throws: FileError.self) { try ConfinedTool.result(self.folder + "/result") }
  }
}
