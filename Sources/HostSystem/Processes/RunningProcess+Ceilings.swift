import Glibc

extension RunningProcess {
  /// What the kernel limits for each process.
  package enum Resource: Sendable, CaseIterable {
    /// Bytes of addresses.
    case memory
    case processes
    /// Bytes of a file.
    case fileSize
    case openFiles

    fileprivate var kind: __rlimit_resource_t {
      let name =
        switch self {
        case .memory: RLIMIT_AS
        case .processes: __RLIMIT_NPROC
        case .fileSize: RLIMIT_FSIZE
        case .openFiles: RLIMIT_NOFILE
        }
      return __rlimit_resource_t(name.rawValue)
    }
  }

  /// The most that this process may allow itself and those that it starts.
  package static func ceiling(_ resource: Resource) -> Int {
    var limit = rlimit()
    guard getrlimit(resource.kind, &limit) == 0 else { return .max }
    return Int(clamping: limit.rlim_max)
  }
}
