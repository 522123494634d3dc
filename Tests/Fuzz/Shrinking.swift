/// The shortest text found, by leaving out stretches, that still fails.
public func shrunk(_ text: [UInt8], while fails: ([UInt8]) -> Bool) -> [UInt8] {
  var text = text
  var length = max(1, text.count / 2)
  while true {
    var start = 0
    var found = false
    while start < text.count {
      var shorter = text
      shorter.removeSubrange(start..<min(start + length, text.count))
      if fails(shorter) {
        text = shorter
        found = true
      } else {
        start += length
      }
    }
    if length == 1, !found { return text }
    length = max(1, length / 2)
  }
}
