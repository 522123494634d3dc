/// All parameters and running statistics of a network at one moment.
///
///     let initial = net.snapshot()
///     net.train(…)
///     net.rewind(to: initial)
public struct WeightSnapshot: Equatable, Sendable {
  /// Parameters first, then buffers, in the network's order.
  public let arrays: [[Float]]
}

extension Network {
  /// A copy of all parameters and running statistics.
  public func snapshot() -> WeightSnapshot {
    WeightSnapshot(arrays: (parameters + buffers).map { part in part.tensor.values })
  }

  /// Puts all parameters and running statistics back; pruned weights stay 0.
  @export(interface)
  public func rewind(to snapshot: WeightSnapshot) {
    let parts = parameters + buffers
    guard parts.map({ $0.tensor.count }) == snapshot.arrays.map({ $0.count }) else {
      stop(
        """
        rewind: the snapshot is of another network: it has \(snapshot.arrays.count) arrays with \
        \(snapshot.arrays.reduce(0) { $0 + $1.count }) numbers, this one \(parts.count) with \
        \(parts.reduce(0) { $0 + $1.tensor.count }) [different-network]
        """)
    }
    for (part, values) in zip(parts, snapshot.arrays) { part.tensor.values = values }
    mask?.apply()
  }
}
