import NeuralNet
import Testing

@Suite struct RepresentationTests {
  @Test func alignmentIsOneForTurnedAndScaledCopies() {
    let a = Tensor.normal([50, 4], seed: 1)
    let turn = Initializer.orthogonal().tensor([4, 4], fanIn: 4, fanOut: 4, seed: 2)
    #expect(abs(centeredKernelAlignment(a, a) - 1) < 1e-5)
    #expect(abs(centeredKernelAlignment(a, a.matrixProduct(turn) * 3 + 7) - 1) < 1e-5)
    let b = Tensor.normal([50, 3], seed: 9)
    #expect(centeredKernelAlignment(a, b) < 0.3)
    #expect(centeredKernelAlignment(a, b) == centeredKernelAlignment(a, b))
    #expect(abs(centeredKernelAlignment(a, b) - centeredKernelAlignment(b, a)) < 1e-6)
    // By the definition with kernels: the trace of K H L H over the root of both norms.
    let n = 50
    let center = Tensor.identity(n) - Tensor([n, n], repeating: 1 / Float(n))
    func kernel(_ x: Tensor) -> Tensor {
      center.matrixProduct(x.matrixProduct(x, transposingSecond: true)).matrixProduct(center)
    }
    let (k, l) = (kernel(a), kernel(b))
    let direct = (k * l).sum() / (k.norm() * l.norm())
    #expect(abs(direct.scalar - centeredKernelAlignment(a, b)) < 1e-4)
  }

  @Test func layersOfANetworkAreLikeThemselves() {
    let net = Network(inputs: 2, seed: 1) {
      Dense(5)
      Tanh()
      Dense(3)
    }
    let table = net.layerSimilarities(to: net, on: Dataset.moons(count: 40, seed: 1).inputs)
    #expect(table.count == 3 && table.allSatisfy { $0.count == 3 })
    for place in 0..<3 { #expect(abs(table[place][place] - 1) < 1e-4) }
    #expect(table.allSatisfy { $0.allSatisfy { $0 >= 0 && $0 <= 1.0001 } })
  }

  @Test func groupsOfPointsAreFound() {
    let data = Dataset.blobs(count: 150, seed: 4)
    let groups = KMeans(of: data.inputs, clusters: 3, seed: 1)
    #expect(groups.labels.count == 150 && groups.centers.count == 3)
    #expect(groups.labels == KMeans(of: data.inputs, clusters: 3, seed: 1).labels)
    // Every point is at its nearest center, every center is the mean of its points.
    var inertia = 0.0
    for index in 0..<150 {
      let (x, y) = (data.inputs[index, 0], data.inputs[index, 1])
      let distances = groups.centers.map { center -> Double in
        let (dx, dy) = (Double(x - center[0]), Double(y - center[1]))
        return dx * dx + dy * dy
      }
      #expect(distances[groups.labels[index]] <= (distances.min() ?? 0) + 1e-5)
      inertia += distances[groups.labels[index]]
    }
    #expect(abs(inertia - groups.inertia) < 1e-3 * inertia)
    // More centers are never worse, as many as points are exact.
    #expect(KMeans(of: data.inputs, clusters: 6, seed: 1).inertia < groups.inertia)
    let few = Tensor([[0, 0], [1, 0], [5, 5]])
    #expect(KMeans(of: few, clusters: 3, seed: 2).inertia == 0)
    #expect(KMeans(of: Tensor([4, 2], repeating: 1), clusters: 2).inertia == 0)
  }

  @Test func confusionsAreCountedByClass() {
    let confusion = ConfusionMatrix(classes: [0, 0, 1, 1, 1, 2], predicted: [0, 1, 1, 1, 0, 2])
    #expect(confusion.counts == [[1, 1, 0], [1, 2, 0], [0, 0, 1]])
    #expect(confusion.total == 6 && confusion.accuracy == 4 / 6)
    #expect(confusion.recalls == [0.5, 2 / 3, 1])
    #expect(confusion.precisions == [0.5, 2 / 3, 1])
    #expect(confusion.f1Scores == [0.5, 2 / 3, 1])
    #expect(abs(confusion.balancedAccuracy - (0.5 + 2 / 3 + 1) / 3) < 1e-6)
    let absent = ConfusionMatrix(classes: [0], predicted: [0], classCount: 2)
    #expect(absent.recalls[1].isNaN && absent.precisions[1].isNaN && absent.balancedAccuracy == 1)
    let data = Dataset.blobs(count: 60, seed: 2)
    let net = Network(inputs: 2, seed: 1) { Dense(3) }
    net.train(
      on: data, loss: .crossEntropy, optimizer: .adam(learningRate: 0.1), epochs: 100)
    let own = net.confusionMatrix(on: data)
    #expect(own.accuracy == net.accuracy(on: data) && own.total == 60 && own.classCount == 3)
  }
}
