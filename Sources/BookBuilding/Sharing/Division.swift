import BookModel
import HostSystem

/// The chapters of a book divided into shares of about the same cost. It depends on the names and the
/// costs of the chapters alone, not on their order, the machine or what it has stored: every machine
/// that asks for a share of the same book has the same division.
package struct Division: Hashable, Sendable {
  package struct Item: Hashable, Sendable {
    package var name: String
    package var milliseconds: Int

    package init(name: String, milliseconds: Int) {
      self.name = name
      self.milliseconds = milliseconds
    }
  }

  /// The number of each chapter's share, from 1, by its name.
  private let shares: [String: Int]
  /// Of the names and where they went: equal where two machines divided alike.
  package let digest: String

  /// Each item in turn, the most costly first, goes to the share that has least to do: the longest
  /// share then takes at most a third more than the best division's (Graham, 1969).
  package init(_ items: [Item], into count: Int) {
    let sorted = items.sorted { a, b in
      a.milliseconds != b.milliseconds
        ? a.milliseconds > b.milliseconds
        : a.name.utf8.lexicographicallyPrecedes(b.name.utf8)
    }
    // More shares than items leave the last ones empty.
    var queue = LoadQueue(count: max(1, min(count, items.count)))
    var shares: [String: Int] = [:]
    for item in sorted { shares[item.name] = queue.take(item.milliseconds) + 1 }
    self.shares = shares
    var hash = ContentHash()
    hash.add("\(count)")
    for (name, share) in shares.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      hash.add(name)
      hash.add("\(share)")
    }
    digest = String(hash.digest().prefix(8))
  }

  /// - Parameter durations: milliseconds by name, where they are known.
  package init(_ chapters: [Chapter], into count: Int, durations: [String: Int] = [:]) {
    self.init(
      chapters.map { chapter in
        let name = Path.name(of: chapter.path)
        return Item(
          name: name, milliseconds: durations[name] ?? chapter.estimatedMilliseconds)
      }, into: count)
  }

  package func contains(_ name: String, in share: Share) -> Bool { shares[name] == share.number }
}

/// Loads of places from 0, in a heap: the smallest first, and of equal ones that of the first place.
private struct LoadQueue {
  private var heap: [(load: Int, place: Int)]

  init(count: Int) { heap = (0..<count).map { (0, $0) } }

  /// The place that a load was added to.
  mutating func take(_ load: Int) -> Int {
    let place = heap[0].place
    var item = heap[0]
    item.load = item.load.addingReportingOverflow(load).partialValue
    var hole = 0
    while true {
      var child = 2 * hole + 1
      if child >= heap.count { break }
      if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
      if heap[child] > item { break }
      heap[hole] = heap[child]
      hole = child
    }
    heap[hole] = item
    return place
  }
}
