#if !hasFeature(Embedded)
  import NeuralNet

  /// Swift that makes a value again in the page, bit for bit.
  enum BakedSource {
    /// Nil for a value that cannot be taken there.
    static func of(_ value: Any) -> String? {
      switch value {
      case let value as Bool: "\(value)"
      // The page's `Int` has 32 bits.
      case let value as Int: Int32(exactly: value).map { "\($0)" }
      case let value as Float: "Float(bitPattern: \(value.bitPattern))"
      case let value as Double: "Double(bitPattern: \(value.bitPattern))"
      case let value as String: quoted(value)
      // An empty array can be cast to one of anything.
      case let numbers as [Float] where type(of: value) == [Float].self: floats(numbers)
      case let value as Tensor: tensor(value)
      case let value as Dataset:
        "Dataset(\(quoted(value.name)), inputs: \(tensor(value.inputs)), "
          + "targets: \(tensor(value.targets)))"
      case let value as Network: network(value)
      case let values as [Any]: list(values)
      default: nil
      }
    }

    /// The type in the value that keeps it from being taken.
    static func culprit(in value: Any) -> String {
      switch value {
      case let value as Network:
        if let layer = value.layers.first(where: { self.layer($0) == nil }) {
          return String(describing: type(of: layer))
        }
      case let values as [Any]:
        if let item = values.first(where: { of($0) == nil }) { return culprit(in: item) }
      case is Int: return "Int of more than 32 bits"
      default: break
      }
      return String(describing: type(of: value))
    }

    private static func list(_ values: [Any]) -> String? {
      var parts: [String] = []
      for value in values {
        guard let part = of(value) else { return nil }
        parts.append(part)
      }
      return "[" + parts.joined(separator: ", ") + "]"
    }

    private static func tensor(_ tensor: Tensor) -> String {
      "Tensor(\(tensor.shape.dimensions), \(floats(tensor.values)))"
    }

    private static func network(_ network: Network) -> String? {
      var layers: [String] = []
      var values: [Float] = []
      for layer in network.layers {
        guard let source = self.layer(layer) else { return nil }
        layers.append(source)
        for parameter in layer.parameters { values += parameter.tensor.values }
      }
      return "_nnbookNetwork([\(layers.joined(separator: ", "))], \(floats(values)))"
    }

    /// Layers whose names say all that they were made with.
    private static func layer(_ layer: any Layer) -> String? {
      switch layer {
      case let layer as Dense:
        guard !layer.parameters.isEmpty, layer.name.contains(", ") else { return nil }
        let options = layer.parameters.count == 1 ? ", bias: false)" : ")"
        return layer.name.dropLast() + options
      case is ReLU, is Tanh, is Sigmoid, is Softmax, is LogSoftmax, is Softplus, is SiLU, is GELU,
        is ELU, is LeakyReLU, is Mish, is Softsign, is LogSigmoid, is Step, is Flatten:
        return layer.name.contains("(") ? layer.name : layer.name + "()"
      default: return nil
      }
    }

    /// Six characters for the 32 bits of each number, as `_nnbookFloats` reads them.
    private static func floats(_ values: [Float]) -> String {
      var text: [UInt8] = []
      text.reserveCapacity(6 * values.count)
      for value in values {
        for shift in stride(from: UInt32(0), to: 36, by: 6) {
          let digit = UInt8(truncatingIfNeeded: value.bitPattern >> shift & 63) + 48
          text.append(digit == UInt8(ascii: "\\") ? UInt8(ascii: "p") : digit)
        }
      }
      return "_nnbookFloats(\"\(String(decoding: text, as: UTF8.self))\")"
    }

    private static func quoted(_ text: String) -> String {
      var literal = "\""
      for scalar in text.unicodeScalars {
        switch scalar {
        case "\"", "\\": literal += "\\" + String(scalar)
        case _ where scalar.value < 0x20 || scalar.value == 0x7F:
          literal += "\\u{" + String(scalar.value, radix: 16) + "}"
        default: literal.unicodeScalars.append(scalar)
        }
      }
      return literal + "\""
    }
  }

#endif
