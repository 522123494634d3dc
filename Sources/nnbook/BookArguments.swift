import ArgumentParser
import BookBuilding
import BookModel
import Foundation

/// What every command that builds understands.
struct BookArguments: ParsableArguments {
  @Argument(help: "The folder of chapters.", completion: .directory)
  var book = "chapters"

  @Option(name: .shortAndLong, help: "Chapters compiled and run at the same time.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: "Run cells under bubblewrap: auto, required or off.")
  var sandbox = Requirement.auto

  @Option(help: "Compile live cells to WebAssembly: auto, required or off.")
  var live = Requirement.auto

  @Flag(help: "Build chapters marked 'draft: true' too.")
  var drafts = false

  @Flag(name: .shortAndLong, help: "Say nothing but errors and warnings.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Say what was run, what was reused, and what was made anew.")
  var verbose = false

  func validate() throws {
    guard jobs >= 1 else { throw ValidationError("--jobs is at least 1, not \(jobs)") }
    guard !(quiet && verbose) else {
      throw ValidationError("--quiet and --verbose exclude each other")
    }
  }

  var request: BuildRequest {
    var request = BuildRequest(book: book, jobs: jobs, caches: Caches(book: book))
    request.sandbox = sandbox
    request.live = live
    request.includesDrafts = drafts
    return request
  }
}

extension Requirement: ExpressibleByArgument {}
extension BuildRequest.Format: ExpressibleByArgument {}
