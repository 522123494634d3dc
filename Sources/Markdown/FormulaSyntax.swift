/// How a formula was written.
struct FormulaFlags: OptionSet {
  let rawValue: Int

  /// `$$…$$`.
  static let display = FormulaFlags(rawValue: 1)
  /// A block whose closing `$$` was found.
  static let closed = FormulaFlags(rawValue: 2)
  /// `` $`…`$ ``, GitHub's form for formulas that other marks would disturb.
  static let quoted = FormulaFlags(rawValue: 4)

  /// The formula as its author wrote it.
  func source(of tex: String) -> String {
    if contains(.display) { return "$$\(tex)$$" }
    return contains(.quoted) ? "$`\(tex)`$" : "$\(tex)$"
  }
}

/// What stands at a `$`.
struct FormulaScan {
  enum Meaning { case text, formula(FormulaFlags) }

  var meaning: Meaning
  /// Without the delimiters of a formula.
  var content: Range<Int>
  /// Where to read on.
  var end: Int
}

/// Reads the `$` at `start`. It opens a formula if
/// - no letter or digit stands before it (`US$5`), and no space after it (`$ 5`);
/// - the next `$` has no space before it, and no letter or digit after it (`$5 and $6` is money);
/// - no back-quote lies between: the code span wins.
///
/// Letters of scripts that put no spaces between words, such as Chinese, count as none.
///
/// The next `$` alone decides, so a text of nothing but dollars takes one pass.
func scanFormula(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> FormulaScan {
  var run = start
  while run < bytes.count, bytes[run] == .dollar { run += 1 }
  let text = FormulaScan(meaning: .text, content: start..<run, end: run)
  let count = run - start
  guard count <= 2, run < bytes.count, !endsInWord(bytes, at: start) else { return text }

  if count == 2 {
    guard let close = nextDollar(in: bytes, from: run), close + 1 < bytes.count,
      bytes[close + 1] == .dollar, !isBlank(bytes[run..<close])
    else { return text }
    return FormulaScan(meaning: .formula(.display), content: run..<close, end: close + 2)
  }
  guard !bytes[run].isSpace, let close = nextDollar(in: bytes, from: run), close > run,
    close + 1 == bytes.count || bytes[close + 1] != .dollar, !beginsWithWord(bytes, at: close + 1)
  else { return text }
  if bytes[run] == .backQuote {
    guard close - 1 > run + 1, bytes[close - 1] == .backQuote else { return text }
    return FormulaScan(
      meaning: .formula(.quoted), content: run + 1..<close - 1, end: close + 1)
  }
  guard !bytes[close - 1].isSpace, !bytes[run..<close].contains(.backQuote) else { return text }
  return FormulaScan(meaning: .formula([]), content: run..<close, end: close + 1)
}

/// Whether a line, from its first visible byte, begins a block formula; nil if it does not.
func formulaBlockOpening(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> FormulaFlags? {
  guard line.starts(with: [.dollar, .dollar]) else { return nil }
  let rest = line.dropFirst(2)
  guard rest.first != .dollar else { return nil }
  guard let close = closingDollars(rest) else { return .display }
  let tail = rest[(close + 2)...]
  guard !isBlank(rest[..<close]), isBlank(tail) || isLabel(tail) else { return nil }
  return [.display, .closed]
}

/// Whether a line of a block formula has the closing `$$`, whatever follows it.
func formulaBlockCloses(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
  closingDollars(line) != nil
}

/// The parts of a block formula's text after the opening `$$`: TeX, and what follows the closing
/// `$$` on its line.
func splitFormulaBlock(_ literal: String) -> (tex: String, tail: String) {
  var literal = literal
  return literal.withUTF8 { bytes in
    guard let close = closingDollars(bytes[...]) else {
      return (String(decoding: bytes, as: UTF8.self), "")
    }
    return (
      String(decoding: bytes[..<close], as: UTF8.self),
      String(decoding: bytes[(close + 2)...], as: UTF8.self)
    )
  }
}

/// The next `$` that no backslash escapes.
private func nextDollar(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
  var i = start
  while i < bytes.count {
    if bytes[i] == .backslash {
      i += 2
    } else if bytes[i] == .dollar {
      return i
    } else {
      i += 1
    }
  }
  return nil
}

private func closingDollars(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
  var i = line.startIndex
  while i < line.endIndex {
    if line[i] == .backslash {
      i += 2
    } else if line[i] == .dollar, i + 1 < line.endIndex, line[i + 1] == .dollar {
      return i
    } else {
      i += 1
    }
  }
  return nil
}

private func isBlank(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
  bytes.allSatisfy { $0.isSpace }
}

/// `{#eq-name}` and nothing else.
private func isLabel(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
  var rest = bytes.drop { $0.isSpace }
  while let last = rest.last, last.isSpace { rest = rest.dropLast() }
  return rest.starts(with: [UInt8(ascii: "{"), UInt8(ascii: "#")])
    && rest.last == UInt8(ascii: "}")
    && rest.dropFirst(2).dropLast().allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: "}") }
}

extension UInt8 {
  static let dollar = UInt8(ascii: "$")
  static let backslash = UInt8(ascii: "\\")
  static let backQuote = UInt8(ascii: "`")
  static let lineFeed = UInt8(ascii: "\n")

  /// What cmark takes for white space: the space, and tab to carriage return.
  var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }

  /// A letter or a digit of ASCII.
  var isWord: Bool {
    (0x30...0x39).contains(self) || (0x41...0x5A).contains(self & 0xDF)
  }
}
