@preconcurrency import Glibc

/// The variables that the user's surroundings set, and the programs that they lead to.
package enum Environment {
  /// Nil where the variable is not set, or empty.
  package static func value(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
  }

  package static var all: [String: String] {
    var variables: [String: String] = [:]
    var place = environ
    while let entry = place.pointee {
      let parts = String(cString: entry).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
      place += 1
    }
    return variables
  }

  /// First executable of that name in `PATH`.
  package static func program(_ name: String) -> String? {
    for folder in searchPath.split(separator: ":") {
      let path = folder + "/" + name
      if FileSystem.isExecutable(String(path)) { return String(path) }
    }
    return nil
  }

  /// Runs KaTeX, and live cells as a page does; some systems call it `nodejs`.
  package static var node: String? { program("node") ?? program("nodejs") }

  /// What a tool such as the compiler may know of the user's surroundings: nothing that could
  /// change its output.
  ///
  /// - Parameter temporary: a folder that will be removed. A compiler that finds a mistake leaves
  ///   folders of its own behind.
  package static func ofTools(temporary: String? = nil) -> [String: String] {
    var environment = ["LC_ALL": "C.UTF-8", "PATH": searchPath]
    for name in ["HOME", "TMPDIR", "LD_LIBRARY_PATH"] { environment[name] = value(name) }
    if let temporary { environment["TMPDIR"] = temporary }
    return environment
  }

  private static var searchPath: String { value("PATH") ?? "/usr/bin:/bin" }
}
