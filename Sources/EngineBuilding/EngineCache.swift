import HostSystem

/// Where compiled engines are kept, for all books of a user.
package enum EngineCache {
  /// `NNBOOK_CACHE` where it is set, else `nnbook` in the user's cache folder; nil where the user
  /// has none.
  package static func folder(_ environment: [String: String] = Environment.all) -> String? {
    func folder(_ name: String, _ below: String) -> String? {
      environment[name].flatMap { $0.hasPrefix("/") ? $0 + below : nil }
    }
    return folder("NNBOOK_CACHE", "") ?? folder("XDG_CACHE_HOME", "/nnbook")
      ?? folder("HOME", "/.cache/nnbook")
  }
}
