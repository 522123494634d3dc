#if !hasFeature(Embedded)
  #if canImport(Glibc)
    import Glibc
  #elseif canImport(Darwin)
    import Darwin
  #endif
#endif

extension Dataset {
  /// A data set from comma-separated text: one column is the class, those of `ignoring` are left
  /// out, all others are inputs.
  ///
  /// Words for classes become numbers in the order of the alphabet, and `classNames` keeps them.
  ///
  /// - Shape: inputs `[rows, columns]`, targets `[rows]`, class indices
  public init(
    _ name: String, csv text: String, label: String, ignoring: [String] = []
  ) throws(CSV.Mistake) {
    let csv = try CSV(parsing: text)
    let inputs = try csv.numbers(excluding: [label] + ignoring)
    let place = try csv.place(of: label)
    let words = csv.rows.map { CSV.trimmed($0[place]) }
    guard words.contains(where: { csv.number(in: $0) == nil }) else {
      let labels = try csv.numbers(of: [label])
      self.init(name, inputs: Tensor(inputs), targets: Tensor(labels.map { $0[0] }))
      return
    }
    // A mere 'NA' among numbers would make classes of all of them.
    let hasNumbers = words.contains { csv.number(in: $0) != nil }
    for (index, word) in words.enumerated() {
      let (line, name) = (csv.lineNumbers[index], csv.header[place])
      if word.isEmpty { throw .noLabel(line: line, column: place + 1, name: name) }
      if hasNumbers, csv.number(in: word) == nil {
        throw .labelAmongNumbers(line: line, column: place + 1, name: name, got: word)
      }
    }
    let order = words.indices.sorted {
      words[$0].utf8.lexicographicallyPrecedes(words[$1].utf8)
    }
    var names: [String] = []
    var classes = [Float](repeating: 0, count: words.count)
    for index in order {
      if names.last.map({ !$0.utf8.elementsEqual(words[index].utf8) }) ?? true {
        names.append(words[index])
      }
      classes[index] = Float(names.count - 1)
    }
    self.init(name, inputs: Tensor(inputs), targets: Tensor(classes))
    #if !hasFeature(Embedded)
      classNames = names
    #endif
  }
}

#if !hasFeature(Embedded)
  extension Dataset {
    /// A data set from a file of comma-separated values; stops with the file's name, line and column
    /// where it cannot be read.
    ///
    ///     let digits = Dataset.csv("data/digits.csv", label: "label")
    public static func csv(_ path: String, label: String, ignoring: [String] = []) -> Dataset {
      stopping("Dataset.csv") { () throws(CSV.Mistake) in
        let text = try contents(ofFile: path)
        return stopping(path) { () throws(CSV.Mistake) in
          try Dataset(path, csv: text, label: label, ignoring: ignoring)
        }
      }
    }
  }

  private func contents(ofFile path: String) throws(CSV.Mistake) -> String {
    guard let file = fopen(path, "r") else { throw .missing(path: path) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    if ferror(file) != 0 { throw .notAFile(path: path) }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .notText(path: path) }
    return text
  }
#endif
