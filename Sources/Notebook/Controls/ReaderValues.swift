#if !hasFeature(Embedded)
  @preconcurrency import Glibc
#endif

/// The values that the reader gave to controls.
enum ReaderValues {}

#if hasFeature(Embedded)

  /// How many values the reader gave to the control declared last; negative for none.
  @_extern(wasm, module: "nnbook", name: "count")
  @_extern(c)
  private func nnbook_count() -> Int32

  @_extern(wasm, module: "nnbook", name: "value")
  @_extern(c)
  private func nnbook_value(_ index: Int32) -> Double

  extension ReaderValues {
    static func values(of key: [UInt8]) -> [Double]? {
      let count = nnbook_count()
      if count < 0 { return nil }
      return (0..<count).map { nnbook_value($0) }
    }
  }

#else

  extension ReaderValues {
    /// Lines `cell.key=number;number`, by which a test or a tool gives a native program the values
    /// that a page would give.
    private static let lines: [(name: String, values: [Double])] = {
      guard let text = getenv("NNBOOK_CONTROLS") else { return [] }
      return parse(String(cString: text))
    }()

    static func parse(_ text: String) -> [(name: String, values: [Double])] {
      text.split(separator: "\n").compactMap { line in
        guard let equals = line.firstIndex(of: "=") else { return nil }
        let values = line[line.index(after: equals)...].split(separator: ";").compactMap {
          Double($0)
        }
        return (String(line[..<equals]), values)
      }
    }

    static func values(of key: [UInt8]) -> [Double]? {
      let name = "\(OutputChannel.cell)." + String(decoding: key, as: UTF8.self)
      return lines.first { $0.name == name }?.values
    }
  }

#endif
