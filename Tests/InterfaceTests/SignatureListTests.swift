import Support
import Testing

/// `docs/signatures.md` is what the sources say.
@Suite struct SignatureListTests {
  @Test func thePageHasTheSignaturesOfTheSources() throws {
    let introduction = """
      # Signatures

      What cells can name, with types, defaults and shapes. The words alone, with examples that run, are in
      [the vocabulary](vocabulary.md). What has no line here does what its protocol says: `Layer`, `Equatable`,
      `Displayable`. A test makes this page from the sources.


      """
    Golden.expect(
      introduction + SignatureList(try PublicInterface.ofCells.get()).text,
      at: Repository.root.appending(path: "docs/signatures.md"))
  }

  @Test func aListIsInOrderAndWrapped() {
    let list = SignatureList(
      PublicInterface([
        (
          "Sources/NeuralNet/Layers/Bend.swift",
          """
          /// A bend. It has a place.
          ///
          /// - Shape: any,
          ///   kept
          /// - Parameter count: 0
          /// - Gradient: none
          public final class Bend: Layer {
            /// Where it bends.
            public private(set) var place: Float { 1 }
            @discardableResult
            public init(_ place: Float, seed: Int = 0, @NetworkBuilder onEpoch: @escaping (_ epoch: Int, _ loss: Float) -> Void) {}
          }

          extension Bend {
            /// Which way.
            public enum Side {
              /// Up.
              case up
            }

            /// On its way.
            public var side: Side { .up }
          }

          /// Half of a number.
          public func half(_ x: Float) -> Float { x / 2 }

          #if hasFeature(Embedded)
            /// The same.
            public func half(_ x: Double) -> Double { x / 2 }
          #endif

          /// Why not.
          public enum BendError: Error {
            /// Broken.
            case broken
          }
          """
        )
      ]))
    #expect(
      list.text == """
        ## NeuralNet: Layers

        ```swift ignore
        // A bend
        // Shape: any, kept
        // Parameter count: 0
        class Bend: Layer
          var place: Float  // Where it bends
          init(_ place: Float, seed: Int = 0,
            @NetworkBuilder onEpoch: (_ epoch: Int, _ loss: Float) -> Void)
          enum Side  // Which way
            case up  // Up
          var side: Side  // On its way

        func half(_ x: Float) -> Float  // Half of a number

        // Why not
        enum BendError: Error
        ```

        """)
  }
}
