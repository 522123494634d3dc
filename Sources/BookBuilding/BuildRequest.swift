import BookModel
import RemoteExecution
import SharedStores

/// What is asked of a build, by the command line or a test.
package struct BuildRequest: Hashable, Sendable {
  /// When cells run.
  package enum Execution: Hashable, Sendable {
    /// Where the store has no result for the cells as they are now.
    case whereNeeded
    /// Never: pages come from stored results only.
    case never
    case always
  }

  package enum Format: String, Hashable, Sendable, CaseIterable {
    case html
    /// The chapters with their results in place.
    case markdown
    /// The whole book on one page.
    case print
    /// That page on paper.
    case pdf
    /// For readers of books.
    case epub
    /// A notebook of Jupyter for each chapter.
    case ipynb

    /// The folder that a format goes to where none is named.
    package var folder: String { self == .html ? "site" : "site-\(rawValue)" }
  }

  package var book: String
  package var format = Format.html
  /// Chapters compiled and run at the same time.
  package var jobs: Int
  package var execution = Execution.whereNeeded
  package var sandbox = Requirement.auto
  package var live = Requirement.auto
  package var includesDrafts = false
  /// Whether the pages are for `nnbook serve`, and listen for changes.
  package var isServed = false
  /// Whether the pages are for `nnbook serve --edit`, and say where their blocks begin.
  package var isEdited = false
  package var caches: Caches
  /// The folder of the site; nil where none is written.
  var output: String?
  /// Whether the site is only compared with what the chapters give.
  var comparesOnly = false
  /// Where results come from that other machines have; nil for none.
  package var store: StoreRequest?
  /// Machines that run the cells; nil for this one.
  package var remote: RemoteRequest?
  /// A file that a build writes to what its chapters took, and that shares are divided by; nil for none.
  package var durations: String?

  /// Chapters on their way at the same time. Servers say nothing of how many workers they have, and keep
  /// in line whatever waits for one.
  var width: Int { remote == nil ? jobs : max(jobs, 64) }

  package init(book: String = "chapters", jobs: Int = 2, caches: Caches) {
    self.book = book
    self.jobs = max(1, jobs)
    self.caches = caches
  }
}
