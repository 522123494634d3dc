import Foundation
import NeuralNet
import Testing

@Suite struct DatasetTests {
  @Test func shapesOfTheRectangleAreAsStated() {
    for data in [Dataset.moons(count: 11), .circles(count: 11), .spirals(count: 11)] {
      #expect(data.inputs.shape == [11, 2])
      #expect(data.targets.shape == [11, 1])
      #expect(data.classes.filter { $0 == 0 }.count == 6)
    }
    #expect(Dataset.blobs(count: 7).classes == [0, 1, 2, 0, 1, 2, 0])
    #expect(Dataset.sine(count: 5).inputs.values == [0, 0.25, 0.5, 0.75, 1])
    #expect(Dataset.firstSign(count: 3, length: 4).inputs.shape == [3, 4, 1])
    #expect(Dataset.adding(count: 3, length: 4).inputs.shape == [3, 4, 2])
  }

  @Test func seedsDecideAndDiffer() {
    #expect(Dataset.moons(seed: 1).inputs.values == Dataset.moons(seed: 1).inputs.values)
    #expect(Dataset.moons(seed: 1).inputs.values != Dataset.moons(seed: 2).inputs.values)
  }

  @Test func circlesWithoutNoiseLieOnTheirRadii() {
    let data = Dataset.circles(count: 40, noise: 0, innerRadius: 0.25)
    for (point, label) in zip(data.inputs.matrix, data.classes) {
      let radius = (point[0] * point[0] + point[1] * point[1]).squareRoot()
      #expect(abs(radius - (label == 0 ? 1 : 0.25)) < 1e-6)
    }
  }

  @Test func answersOfSequencesFollowFromThem() {
    let parity = Dataset.parity(count: 50, length: 5)
    for (index, target) in parity.targets.values.enumerated() {
      let plus = parity[index..<index + 1].inputs.values.count { $0 > 0 }
      #expect(target == (plus % 2 == 1 ? 1 : 0))
    }
    let adding = Dataset.adding(count: 20, length: 6)
    for index in 0..<20 {
      let steps = adding[index..<index + 1].inputs.reshaped(6, 2).matrix
      let marked = steps.filter { $0[1] == 1 }
      #expect(marked.count == 2)
      #expect(abs(marked[0][0] + marked[1][0] - adding.targets.values[index]) < 1e-6)
    }
  }

  @Test func splitLosesNothingAndRepeats() {
    let data = Dataset.curve(over: 0...9, count: 10) { $0 }
    let (train, test) = data.split(testShare: 0.3, seed: 4)
    #expect(train.count == 7)
    #expect(test.count == 3)
    #expect((train.targets.values + test.targets.values).sorted() == data.targets.values)
    #expect(data.split(testShare: 0.3, seed: 4).test.targets.values == test.targets.values)
    #expect(data.batches(of: 4).map { $0.count } == [4, 4, 2])
  }

  @Test func standardizedColumnsHaveMeanZeroAndDeviationOne() {
    let data = Dataset.blobs(count: 60, centers: [[5, -3], [9, 4]], spread: 2).standardized
    for column in 0..<2 {
      let values = data.inputs.matrix.map { Double($0[column]) }
      let mean = values.reduce(0, +) / 60
      let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 60
      #expect(abs(mean) < 1e-6)
      #expect(abs(variance - 1) < 1e-5)
    }
  }

  @Test func oneHotAndClassesAreInverse() {
    let data = Dataset.blobs(count: 9)
    #expect(data.oneHot.targets.shape == [9, 3])
    #expect(data.oneHot.classes == data.classes)
    #expect(data.ofClasses([2]).count == 3)
  }

  @Test(arguments: ["digits", "iris"]) func dataFilesAreReadWhole(_ name: String) throws {
    let url = try #require(Bundle.module.url(forResource: "Golden/\(name)", withExtension: "csv"))
    let rows = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
      .dropFirst().map { line in line.split(separator: ",").compactMap { Float($0) } }
    let data = try goldenDataset(name)
    let first = try #require(rows.first)
    #expect(data.inputs.shape == [rows.count, first.count - 1])
    #expect(data.inputs.values.prefix(first.count - 1) == first.dropLast())
    #expect(data.targets.values == rows.compactMap(\.last))
    #expect(data.classCount == Set(data.classes).count)
  }
}
