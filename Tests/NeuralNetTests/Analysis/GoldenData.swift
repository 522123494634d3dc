import Foundation
import NeuralNet
import Testing

extension GoldenCase {
  /// The points of a case: its own `x`, or rows of one of the data files.
  func points() throws -> Tensor {
    if json["inputs"]["x"].exists { return input("x").detached() }
    return try dataset().inputs
  }

  /// The labels of a case: its own, or those of the data file.
  func labels() throws -> [Int] {
    if json["inputs"]["label"].exists { return Tensor.indices(golden: json["inputs"]["label"]) }
    return try dataset().classes
  }

  private func dataset() throws -> Dataset {
    let data = try golden(json["data"]["file"].string ?? "")
    let first = json["data"]["first_row"].int ?? 0
    let rows = json["data"]["rows"].int ?? data.count
    return data[first..<first + rows]
  }

  private func golden(_ file: String) throws -> Dataset {
    try goldenDataset(String(file.prefix { $0 != "." }))
  }

  /// Data that are decimals keep seven digits in 32 bits.
  var analysisTolerance: Tolerance {
    guard json["data"]["file"].exists, let values = try? points().values,
      !values.allSatisfy({ $0 == $0.rounded() })
    else { return tolerance }
    return Tolerance(
      absolute: max(tolerance.absolute, 2e-6), relative: max(tolerance.relative, 1e-5))
  }
}

/// A data file with its column `label` as target; columns of words, such as names of species, are left
/// out.
func goldenDataset(_ name: String) throws -> Dataset {
  let url = try #require(Bundle.module.url(forResource: "Golden/\(name)", withExtension: "csv"))
  let lines = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
  let (names, first) = (lines[0].split(separator: ","), lines[1].split(separator: ","))
  let words = zip(names, first).filter { Float($0.1) == nil }.map { String($0.0) }
  return Dataset.csv(url.path, label: "label", ignoring: words)
}
