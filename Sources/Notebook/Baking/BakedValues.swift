import NeuralNet

// What the Swift is made of that stands for a baked value in the page. Not for authors.

/// Numbers from six characters each: the bits of one from the lowest on, six a character.
public func _nnbookFloats(_ text: StaticString) -> [Float] {
  let digits = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
  var values: [Float] = []
  values.reserveCapacity(digits.count / 6)
  var bits: UInt32 = 0
  var shift: UInt32 = 0
  for digit in digits {
    // 'p' stands in the place of the backslash.
    bits |= UInt32(digit == 112 ? 44 : digit - 48) << shift
    shift += 6
    if shift == 36 {
      values.append(Float(bitPattern: bits))
      bits = 0
      shift = 0
    }
  }
  return values
}

/// A network of these layers with these parameters, one after the other.
public func _nnbookNetwork(_ layers: [any Layer], _ values: [Float]) -> Network {
  var start = 0
  for layer in layers {
    for parameter in layer.parameters {
      let tensor = parameter.tensor
      let end = start + tensor.count
      tensor.values = Array(values[start..<end])
      start = end
    }
  }
  return Network(layers)
}
