import BookModel
import CellRunning
import RemoteExecution

/// The machines that a build was told of, from its beginning to its end.
struct RemoteMachines {
  /// Nil where this tool cannot speak to any, which no request asks for.
  let workers: RemoteWorkers?
  #if Remote
    private let client: RemoteClient
  #endif

  init(_ request: RemoteRequest, for build: BuildRequest) {
    #if Remote
      client = RemoteClient(request)
      workers = RemoteWorkers(
        client, isRequired: request.isRequired, isConfined: build.sandbox.confines,
        runsAnew: build.execution == .always, jobs: build.jobs)
    #else
      workers = nil
    #endif
  }

  /// Leaves the server; what there is to say about it.
  func finish() async -> [Diagnostic] {
    #if Remote
      await client.finish()
    #endif
    return workers?.trouble.map { [$0] } ?? []
  }
}
