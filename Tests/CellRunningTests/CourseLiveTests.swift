import BookModel
import Testing

@testable import CellRunning

/// What a course on hidden layers needs, in modules: each build compares, byte for byte, what the
/// module shows with what the native program shows.
@Suite struct `Live cells of a course` {
  @Test func `compute with plain names and operations on tensors as the build does`() async throws {
    let run = try await runner().run(
      chapter(
        """
        ```swift live
        let x: Float = 0.7
        show([exp(x), log(x), sqrt(x), sin(x), cos(x), tanh(x), erf(x), pow(x, 2.5), tan(x), atan2(x, 2)])
        show([exp2(x), expm1(x), log2(x), log10(x), log1p(x), asin(x), acos(x), atan(x), sinh(x), cosh(x)])
        let y = 1e5 / 7
        show([exp(1 / y), log(y), sin(y), cos(1e22), tan(y), pow(y, -1.25), erf(0.3), tanh(0.2), round(y), floor(-y)])
        show([log(8) / log(2), asin(0.1), acos(0.1), atan(y), sinh(1), cosh(1), log1p(1e-9), expm1(1e-9), ceil(y)])
        print("\\(x, .percent(1)) \\(y, .grouped(2)) \\(1 / y, .significant(3)) \\(log(2), .fixed(4))")
        ```
        ```swift live
        let t = Tensor.normal([3, 4], seed: 2)
        show([t.pow(2), t.abs().pow(1.5), t.clamp(min: -0.5, max: 0.5), Tensor.where(t .> 0, t, 0.1 * t)].map { $0.values })
        show([t.variance(axis: 0), t.standardDeviation(), t.norm(axis: 1), t.argmax(axis: 1), t.sum(axes: [0, 1])].map { $0.values })
        show([t.cosineSimilarity(to: t.slice(axis: 0, 0..<1)), t.lowerTriangle(), Tensor.uniform([3], seed: 1)].map { $0.values })
        var random = RandomSource(seed: 1)
        show(t.softmax().sampled(using: &random))
        ```
        """))
    #expect(run.diagnostics.isEmpty, "\(run.diagnostics)")
    #expect(run.result.liveModule?.cells == [0, 1])
  }

  @Test func `train layers, noise and operations of their own`() async throws {
    let run = try await runner().run(
      chapter(
        """
        ```swift live
        let images = Tensor.uniform([4, 2, 4, 4], seed: 1)
        let net = Network(inputShape: [2, 4, 4], seed: 1) {
          Convolution2D(4, kernel: 2, stride: 2)
          GroupNorm(groups: 2)
          ReLU()
          ConvolutionTranspose2D(2, kernel: 2, stride: 2)
          Upsample(2, mode: .bilinear)
          GaussianNoise(0.1)
          GlobalAveragePool()
          Reshape(1, 2)
          Flatten()
        }
        let history = net.train(
          on: Dataset("means", inputs: images, targets: images.mean(axes: [2, 3])), loss: .meanSquaredError,
          optimizer: .adam(learningRate: 0.01).using(.sgd(learningRate: 0.1)) { $0.shape.rank < 2 }, epochs: 5)
        show(history.losses)
        ```
        ```swift live
        let sign = CustomOperation("sign") { $0[0].step() * 2 - 1 } backward: { _, _, upstream in [upstream] }
        let x = Tensor([-0.5, 0.25], needsGradient: true)
        sign(x * 3).sum().backward()
        show(x.gradient?.values ?? [])
        let words = Embedding(5, 4, seed: 1)
        let reader = Network(inputShape: [3], seed: 2) { words; Convolution1D(4, kernel: 2, causal: true, channelsLast: true); TiedDense(to: words) }
        show(reader(Tensor([[0, 1, 2]])).values)
        let decoder = TransformerDecoderLayer(4, heads: 2, feedForward: 8, seed: 3)
        show(decoder(Tensor.uniform([1, 2, 4], seed: 1), memory: Tensor.uniform([1, 3, 4], seed: 2)).values)
        let points = Tensor.normal([20, 2], seed: 3)
        show(KMeans(of: points, clusters: 3, seed: 1).labels)
        show(centeredKernelAlignment(points, points * 2))
        show(ConfusionMatrix(classes: [0, 1, 1], predicted: [0, 1, 0]).recalls)
        ```
        """))
    #expect(run.diagnostics.isEmpty, "\(run.diagnostics)")
    #expect(run.result.liveModule?.cells == [0, 1])
  }

  @Test func `beside Foundation no plain name is ambiguous`() async throws {
    let run = try await runner { $0.live = .off }.run(
      chapter(
        """
        ```swift
        import Foundation
        let x: Float = 0.7
        let y = 0.7
        func curve(_ v: Float) -> Float { 1 / (1 + exp(-v)) }
        show([exp(x), log(x), sqrt(x), sin(x), cos(x), tanh(x), pow(x, 2.5), tan(x), atan2(x, 2), floor(x), round(x)])
        show([exp(y), log(y), sqrt(y), sin(y), cos(y), tanh(y), pow(y, 2.5), log2(y), log10(y), erf(y), ceil(y)])
        show([log(8.0) / log(2.0), sqrt(2), sqrt(2.0)])
        show((0..<3).map { curve(Float($0)) } + [x].map(exp))
        ```
        ```swift
        func exp(_ x: Float) -> Float { 7 }
        show(exp(x))
        ```
        """))
    #expect(run.diagnostics.isEmpty, "\(run.diagnostics)")
    #expect(run.result.cells[1].outputs == [.text("7.0")])
  }
}
