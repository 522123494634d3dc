import EngineBuilding

/// What a build tells whoever watches it, while it runs. Never an error: those are its result.
package enum BuildEvent: Hashable, Sendable {
  case running(chapter: String)
  case ran(chapter: String, seconds: Double)
  /// The chapter's cells have errors.
  case failed(chapter: String)
  /// Nothing of the chapter's cells had changed.
  case reused(chapter: String)
  /// Worth knowing with `--verbose` only.
  case detail(String)
  /// A minute's work, once for each version of nnbook and its compiler.
  case engine(EngineEvent)
}

package typealias BuildObserver = @Sendable (BuildEvent) -> Void
