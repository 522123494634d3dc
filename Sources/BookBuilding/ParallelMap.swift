/// One result for each item, in order, at most `width` of them in the making at any time.
func parallelMap<Item: Sendable, Result: Sendable>(
  _ items: [Item], width: Int, _ transform: @escaping @Sendable (Item) async -> Result
) async -> [Result] {
  await withTaskGroup(of: (Int, Result).self) { group in
    var results = [Result?](repeating: nil, count: items.count)
    var next = 0
    func add() {
      guard next < items.count else { return }
      let (place, item) = (next, items[next])
      next += 1
      group.addTask { (place, await transform(item)) }
    }
    for _ in 0..<max(1, width) { add() }
    while let (place, result) = await group.next() {
      results[place] = result
      add()
    }
    return results.map { $0! }
  }
}
