/// Why a text is not the saved parameters of a network.
public enum ParameterFileError: Error, Equatable, Sendable {
  /// Not JSON; the byte where reading stopped.
  case notJSON(byte: Int)
  /// JSON without a member that saved parameters have.
  case missing(StaticStringBox)
  /// Another version of the format.
  case version(Int)
  /// Text that was changed or cut since it was written.
  case checksum(stated: String, computed: String)
  /// Layers that compute something else.
  case layers(expected: String, got: String)
  /// The memory of another optimizer.
  case optimizer(expected: String, got: String)
  /// More or fewer arrays than the network has.
  case arrayCount(expected: Int, got: Int)
  /// An array of another shape than the network's of that place.
  case shape(array: String, expected: Shape, got: Shape)
  /// An array with more or fewer numbers than its shape says.
  case valueCount(array: String, expected: Int, got: Int)

  /// A static string that can be compared.
  public struct StaticStringBox: Equatable, Sendable {
    /// The name of the member.
    public let text: StaticString

    public static func == (a: StaticStringBox, b: StaticStringBox) -> Bool {
      "\(a.text)".utf8.elementsEqual("\(b.text)".utf8)
    }
  }
}

extension ParameterFileError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notJSON(let byte): "the text is no JSON from byte \(byte) on [not-json]"
    case .missing(let member):
      "the member \(member.text) is missing or of another type [not-parameters]"
    case .version(let version):
      "the format has version \(version), this engine reads 1 and 2 [wrong-version]"
    case .checksum(let stated, let computed):
      "the checksum is \(computed), the text states \(stated): it was changed or cut [checksum]"
    case .layers(let expected, let got):
      "the network's layers are \(expected), those of the text \(got) [different-network]"
    case .optimizer(let expected, let got):
      "the optimizer is \(expected), the text is the memory of \(got) [different-optimizer]"
    case .arrayCount(let expected, let got):
      "the network has \(expected) arrays, the text \(got) [different-network]"
    case .shape(let array, let expected, let got):
      "\(array): the network has \(expected), the text \(got) [different-network]"
    case .valueCount(let array, let expected, let got):
      "\(array): its shape needs \(expected) values, the text has \(got) [element-count]"
    }
  }
}
