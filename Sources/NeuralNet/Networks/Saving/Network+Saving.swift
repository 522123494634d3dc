extension Network {
  /// All parameters and running statistics as JSON, with the layers that they belong to, and a checksum
  /// over names, shapes and bits.
  ///
  ///     let text = net.saved()
  ///     try other.load(text)
  public func saved() -> String {
    let arrays = savedArrays
    var text = "{\"format\": \"neural network parameters\", \"version\": 2,\n"
    text += " \"checksum\": \"\(checksum(arrays, savedLayers))\",\n"
    text += " \"layers\": \"\(escaped(savedLayers))\",\n \"arrays\": ["
    for (index, array) in arrays.enumerated() {
      text += index == 0 ? "\n" : ",\n"
      text +=
        "  {\"name\": \"\(escaped(array.name))\", \"shape\": \(array.shape),\n   \"values\": ["
      for (place, value) in array.values.enumerated() {
        if place > 0 { text += ", " }
        text += JSONNumber.text(value)
      }
      text += "]}"
    }
    return text + "]}\n"
  }

  /// Takes over parameters and running statistics that a network of the same layers saved; changes
  /// nothing where it throws. Names of the author's, and dropout, may be others.
  public func load(_ text: String) throws(ParameterFileError) {
    let json = try JSONText(parsing: text)
    guard case .number(let version) = try json.member("version") else {
      throw .missing(.init(text: "version"))
    }
    if version != 1 && version != 2 {
      throw .version(version.isFinite && abs(version) < 1e9 ? Int(version) : -1)
    }
    let own = savedArrays
    var arrays: [SavedArray] = []
    for item in try json.array("arrays") {
      let name = try item.string("name")
      let shape = Shape(try item.numbers("shape").map { $0 >= 0 && $0 < 1e9 ? Int($0) : 0 })
      let values = try item.numbers("values").map { Float($0) }
      guard values.count == shape.count else {
        throw .valueCount(array: name, expected: shape.count, got: values.count)
      }
      arrays.append(SavedArray(name: name, shape: shape, values: values))
    }
    // Version 1 did not tell the layers.
    let layers = version == 2 ? try json.string("layers") : ""
    let (stated, computed) = (try json.string("checksum"), checksum(arrays, layers))
    guard stated.utf8.elementsEqual(computed.utf8) else {
      throw .checksum(stated: stated, computed: computed)
    }
    guard arrays.count == own.count else {
      throw .arrayCount(expected: own.count, got: arrays.count)
    }
    for (array, mine) in zip(arrays, own) where array.shape != mine.shape {
      throw .shape(array: mine.name, expected: mine.shape, got: array.shape)
    }
    if version == 2, !layers.utf8.elementsEqual(savedLayers.utf8) {
      throw .layers(expected: savedLayers, got: layers)
    }
    for (part, array) in zip(parameters + buffers, arrays) { part.tensor.values = array.values }
    mask?.apply()
  }

  private struct SavedArray {
    var name: String
    var shape: Shape
    var values: [Float]
  }

  /// What the layers compute, without the author's names and without dropout.
  private var savedLayers: String {
    var text = ""
    for layer in layers {
      let name = computation(layer)
      if !name.isEmpty { text += text.isEmpty ? name : ", " + name }
    }
    return text
  }

  private func computation(_ layer: any Layer) -> String {
    if let named = layer as? NamedLayer { return computation(named.base) }
    if let network = layer as? Network { return "(" + network.savedLayers + ")" }
    if let residual = layer as? Residual { return "Residual(" + residual.body.savedLayers + ")" }
    return layer is Dropout ? "" : layer.name
  }

  /// Parameters first, then buffers, each with its layer's place, each array once.
  private var savedArrays: [SavedArray] {
    func list(_ parts: (any Layer) -> [Parameter]) -> [SavedArray] {
      var list: [SavedArray] = []
      var seen: [Parameter] = []
      for (place, layer) in layers.enumerated() {
        let former = seen.count
        seen = distinct(seen + parts(layer))
        for part in seen[former...] {
          list.append(
            SavedArray(
              name: "\(place + 1) \(layer.name) \(part.name)", shape: part.tensor.shape,
              values: part.tensor.values))
        }
      }
      return list
    }
    return list { layer in layer.parameters } + list { layer in layer.buffers }
  }

  /// FNV-1a over names, shapes and the bits of values, in hexadecimal.
  private func checksum(_ arrays: [SavedArray], _ layers: String) -> String {
    var state: UInt64 = 0xcbf2_9ce4_8422_2325
    func mix(_ value: UInt64) { state = (state ^ value) &* 0x100_0000_01b3 }
    for byte in layers.utf8 { mix(UInt64(byte)) }
    for array in arrays {
      for byte in array.name.utf8 { mix(UInt64(byte)) }
      for size in array.shape.dimensions { mix(UInt64(size)) }
      for value in array.values { mix(UInt64(value.isNaN ? 0x7fc0_0000 : value.bitPattern)) }
    }
    return String(state, radix: 16)
  }

  private func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        bytes.append(UInt8(ascii: "\\"))
      }
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Numbers as JSON writes them, such that reading them gives the same bits.
enum JSONNumber {
  static func text(_ value: Float) -> String {
    if value.isNaN { return "\"nan\"" }
    if value.isInfinite { return value > 0 ? "\"inf\"" : "\"-inf\"" }
    return "\(Double(value))"
  }
}
