/// A file of a site that is made part by part. On a stage, it is never in memory as a whole.
struct GrowingFile {
  private let path: String
  private let keeping: SiteKeeping
  private var pending: [UInt8]
  /// As far as it is on the stage.
  private var staged: SiteFile?

  init(_ path: String, _ start: [UInt8], _ keeping: SiteKeeping) {
    self.path = path
    self.keeping = keeping
    pending = start
  }

  mutating func append(_ bytes: [UInt8]) {
    if case .nowhere = keeping { return }
    pending += bytes
    if pending.count >= 1 << 18 { flush() }
  }

  mutating func finish() -> SiteFile {
    if staged == nil { return keeping.keep(pending, at: path) }
    flush()
    return staged ?? .bytes(pending)
  }

  private mutating func flush() {
    guard case .on(let stage) = keeping,
      let file = stage.append(pending, to: path, isFirst: staged == nil)
    else { return }
    if case .failed? = staged {} else { staged = file }
    pending.removeAll(keepingCapacity: true)
  }
}
