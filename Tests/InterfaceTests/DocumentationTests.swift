import Testing

/// What cells import says what it is, so that nobody has to read how it works.
@Suite struct DocumentationTests {
  @Test func everyPublicDeclarationIsDocumented() throws {
    let interface = try PublicInterface.ofCells.get()
    for silence in interface.silences { Issue.record("\(silence)") }
    // A reader that found nothing would be content with everything.
    #expect(interface.declarations.count > 900)
    #expect(interface.declarations.count { $0.isWitness } > 250)
  }

  @Test func saysWhatIsMissing() {
    let interface = PublicInterface([
      (
        "Layers/Bend.swift",
        """
        /// A step.
        public protocol Layer {
          /// As written.
          var name: String { get }
          func outputShape(for input: Shape) -> Shape
        }

        extension Layer {
          public var name: String { "" }
        }

        /// A bend.
        public final class Bend: Layer {
          /// Where it bends.

          public let place: Float
          public var name: String { "Bend" }
          public func outputShape(for input: Shape) -> Shape { input }
          public func outputShape(of input: Shape) -> Shape { input }
          let hidden = 1
          public let _internals = 1
          @discardableResult
          public init(_ place: Float, seed: Int = 0) {}
          public static func == (a: Bend, b: Bend) -> Bool { true }
        }

        extension Bend: Equatable {
          /// Which way.
          public enum Side {
            /// Up.
            case up
            case down(Float), sideways
          }
        }

        struct Inner {
          public let value = 1
          enum Kind { case one }
        }
        """
      )
    ])
    func silence(_ line: Int, _ name: String) -> String {
      "Layers/Bend.swift:\(line): \(name) has no documentation comment; say what its name does not: "
        + "a shape, a unit, where it stops"
    }
    #expect(
      interface.silences == [
        silence(5, "Layer.outputShape(for:)"), silence(16, "Bend.place"),
        silence(19, "Bend.outputShape(of:)"), silence(22, "Bend.init(_:seed:)"),
        silence(32, "Bend.Side.down(_:)"), silence(32, "Bend.Side.sideways"),
      ])
  }
}
