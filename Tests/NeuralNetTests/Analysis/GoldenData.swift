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
    file == "iris.csv"
      ? try goldenDataset("iris", ignoring: ["species"]) : try goldenDataset("digits")
  }

  /// Data that are decimals keep seven digits in 32 bits.
  var analysisTolerance: Tolerance {
    json["data"]["file"].string == "iris.csv"
      ? Tolerance(absolute: 2e-6, relative: 1e-5) : tolerance
  }
}

func goldenDataset(_ name: String, ignoring: [String] = []) throws -> Dataset {
  let url = try #require(Bundle.module.url(forResource: "Golden/\(name)", withExtension: "csv"))
  return Dataset.csv(url.path, label: "label", ignoring: ignoring)
}
