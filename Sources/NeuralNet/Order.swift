/// The places of the keys, smallest key first; of equal ones, the first place first.
///
/// Every use of the standard library's `sort` adds three kilobytes to a reader's module, so what
/// most modules need is sorted by this one function.
@inline(never)
@export(interface)
public func _order(of keys: [Double]) -> [Int] {
  let count = keys.count
  var order = Array(0..<count)
  var merged = order
  var width = 1
  while width < count {
    var start = 0
    while start < count {
      let middle = min(start + width, count)
      let end = min(middle + width, count)
      var (left, right) = (start, middle)
      for place in start..<end {
        if left < middle, right == end || keys[order[left]] <= keys[order[right]] {
          merged[place] = order[left]
          left += 1
        } else {
          merged[place] = order[right]
          right += 1
        }
      }
      start = end
    }
    swap(&order, &merged)
    width *= 2
  }
  return order
}
