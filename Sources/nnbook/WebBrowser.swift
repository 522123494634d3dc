import HostSystem

/// The browser of the person at this machine.
enum WebBrowser {
  /// Shows an address in it; false where no program does that. Nobody waits for the browser, and it
  /// stays when this process ends.
  static func opens(_ address: String) -> Bool {
    let openers = ["xdg-open", "sensible-browser", "x-www-browser"]
    guard let opener = openers.lazy.compactMap(Environment.program).first,
      let setsid = Environment.program("setsid")
    else { return false }
    let child = ChildProcess(
      executable: setsid, arguments: ["--fork", opener, address], environment: Environment.all)
    return (try? child.collect(seconds: 10))?.0 == .exited(0)
  }
}
