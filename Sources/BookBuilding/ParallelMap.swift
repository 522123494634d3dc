/// One result for each item, in order, at most `width` of them in the making at any time.
func parallelMap<Item: Sendable, Result: Sendable>(
  _ items: [Item], width: Int, _ transform: @escaping @Sendable (Item) async -> Result
) async -> [Result] {
  var results: [Result] = []
  results.reserveCapacity(items.count)
  await parallelForEach(items, width: width, transform) { results.append($0) }
  return results
}

/// Hands each result to `take`, in order; only those that came too early are kept until then.
func parallelForEach<Item: Sendable, Result: Sendable>(
  _ items: [Item], width: Int, _ transform: @escaping @Sendable (Item) async -> Result,
  take: (Result) -> Void
) async {
  await withTaskGroup(of: (Int, Result).self) { group in
    var early: [Int: Result] = [:]
    var taken = 0
    var next = 0
    func add() {
      guard next < items.count else { return }
      let (place, item) = (next, items[next])
      next += 1
      group.addTask { (place, await transform(item)) }
    }
    for _ in 0..<max(1, width) { add() }
    while let (place, result) = await group.next() {
      add()
      early[place] = result
      while let result = early.removeValue(forKey: taken) {
        take(result)
        taken += 1
      }
    }
  }
}
