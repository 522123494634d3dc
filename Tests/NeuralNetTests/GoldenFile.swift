import Foundation
import NeuralNet
import Testing

/// Reference data of one file in `Golden`: tensors that another implementation computed.
struct GoldenFile: Sendable {
  let json: JSON
  let cases: [GoldenCase]

  init(_ name: String) {
    do {
      let url = try #require(
        Bundle.module.url(forResource: "Golden/\(name)", withExtension: "json"))
      let json = try JSON(parsing: Data(contentsOf: url))
      self.json = json
      cases = json["cases"].array.map { GoldenCase(json: $0, file: json) }
    } catch {
      fatalError("golden file \(name): \(error)")
    }
  }

  /// The cases whose `layer` is one of these.
  func cases(of layers: String...) -> [GoldenCase] {
    cases.filter { layers.contains($0.layer) }
  }
}

/// One case of a golden file.
struct GoldenCase: Sendable, CustomTestStringConvertible {
  let json: JSON
  let tolerance: Tolerance

  init(json: JSON, file: JSON) {
    self.json = json
    tolerance = Tolerance(json["tolerance"]) ?? Tolerance(file["tolerance"]) ?? Tolerance()
  }

  var name: String { json["name"].string ?? "" }
  var layer: String { json["layer"].string ?? "" }
  var testDescription: String { name }
  var options: JSON { json["options"] }
  var parameterNames: [String] { json["parameters"].members.keys.sorted() }

  func input(_ name: String) -> Tensor { Tensor(golden: json["inputs"][name]) }
  func inputIfAny(_ name: String) -> Tensor? {
    json["inputs"][name].exists ? input(name) : nil
  }
  func parameter(_ name: String) -> Tensor { Tensor(golden: json["parameters"][name]) }
  func upstream(_ name: String) -> Tensor { Tensor(golden: json["upstream"][name]) }

  /// Compares outputs by name, lets the case's upstream flow back, and compares gradients by name.
  func expect(
    outputs: [String: Tensor], gradients: [String: () -> Tensor?],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for (name, tensor) in outputs.sorted(by: { $0.key < $1.key }) {
      expect(tensor, equals: json["outputs"][name], name, sourceLocation: sourceLocation)
    }
    guard json["gradients"].exists else { return }
    var loss: Tensor?
    for (name, tensor) in outputs.sorted(by: { $0.key < $1.key }) {
      let part: Tensor
      if json["upstream"][name].exists {
        part = (tensor * upstream(name)).sum()
      } else if name == "loss" {
        part = tensor
      } else {
        continue
      }
      loss = loss.map { $0 + part } ?? part
    }
    #expect(loss != nil, "\(self.name): nothing to differentiate", sourceLocation: sourceLocation)
    loss?.backward()
    #expect(
      gradients.keys.sorted() == json["gradients"].members.keys.sorted(),
      "\(self.name): gradients", sourceLocation: sourceLocation)
    for (name, gradient) in gradients.sorted(by: { $0.key < $1.key }) {
      guard let gradient = gradient() else {
        Issue.record("\(self.name): no gradient reached \(name)", sourceLocation: sourceLocation)
        continue
      }
      expect(
        gradient, equals: json["gradients"][name], "gradient of \(name)",
        sourceLocation: sourceLocation)
    }
  }

  func expect(
    _ tensor: Tensor, equals golden: JSON, _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let shape = golden["shape"].array.compactMap { $0.int }
    #expect(tensor.shape.dimensions == shape, "\(name): \(what)", sourceLocation: sourceLocation)
    tolerance.expect(
      tensor.values.map { Double($0) }, golden["data"].numbers, "\(name): \(what)",
      sourceLocation: sourceLocation)
  }
}

/// How far a value may lie from the expected one: absolute + relative * |expected|.
struct Tolerance: Sendable {
  var absolute = 1e-6
  var relative = 1e-5

  init(absolute: Double = 1e-6, relative: Double = 1e-5) {
    self.absolute = absolute
    self.relative = relative
  }

  init?(_ json: JSON) {
    guard let absolute = json["absolute"].number, let relative = json["relative"].number else {
      return nil
    }
    self.init(absolute: absolute, relative: relative)
  }

  func accepts(_ got: Double, _ expected: Double) -> Bool {
    if expected.isNaN { return got.isNaN }
    if expected.isInfinite { return got == expected }
    return abs(got - expected) <= absolute + relative * abs(expected)
  }

  func expect(
    _ got: [Double], _ expected: [Double], _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(got.count == expected.count, "\(what)", sourceLocation: sourceLocation)
    let wrong = zip(got, expected).enumerated().first { !accepts($0.element.0, $0.element.1) }
    if let wrong {
      Issue.record(
        "\(what): element \(wrong.offset) is \(wrong.element.0), expected \(wrong.element.1)",
        sourceLocation: sourceLocation)
    }
  }
}

extension Tensor {
  /// A golden tensor, as a leaf that gradients flow to.
  convenience init(golden json: JSON) {
    self.init(
      Shape(json["shape"].array.compactMap { $0.int }), json["data"].numbers.map { Float($0) },
      needsGradient: true)
  }

  /// The numbers of a golden tensor of whole numbers.
  static func indices(golden json: JSON) -> [Int] { json["data"].numbers.map { Int($0) } }
}
