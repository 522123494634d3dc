/// A line of text that the reader types, of up to 400 bytes.
///
///     let word = textField("Word", default: "tensor")
///
/// - Parameters:
///   - label: what stands beside the field; names the control in the page's address.
///   - initial: what stands in it until the reader types: one line.
/// - Returns: the reader's text, which may be empty.
@export(interface)
public func textField(_ label: String, default initial: String = "") -> String {
  require(
    label, initial.utf8.count <= longestText && initial.utf8.allSatisfy { $0 >= 0x20 },
    "the default must be one line of at most \(longestText) bytes")
  // The page gives numbers alone: here the bytes of the text.
  let values = Control.declare("text", label) { $0.set("default", initial) }
  guard let values else { return initial }
  return String(
    decoding: values.prefix(longestText).compactMap { value in
      wholeNumber(value, in: 0x20...0xFF).map { UInt8(truncatingIfNeeded: $0) }
    }, as: UTF8.self)
}

private let longestText = 400
