import Foundation
import NeuralNet
import Testing

/// Counts the objects that this thread allocates, through the hook that the Swift runtime keeps for
/// instruments. Arrays, closures' contexts and every storage of the engine are objects.
///
/// Only for a process of its own: while the hook is set, the runtime retains a short string as if it
/// were an object, which ends whichever other test does that at the time.
private enum ObjectCount {
  typealias Allocate =
    @convention(c) (UnsafeRawPointer, Int, Int) -> UnsafeMutableRawPointer

  nonisolated(unsafe) static var original: Allocate?
  nonisolated(unsafe) static var thread = pthread_self()
  nonisolated(unsafe) static var count = 0

  static func during(_ body: () -> Void) throws -> Int {
    let hook = try #require(dlsym(nil, "_swift_allocObject"))
      .assumingMemoryBound(to: Allocate.self)
    let flag = try #require(
      dlsym(nil, "_swift_enableSwizzlingOfAllocationAndRefCountingFunctions_forInstrumentsOnly")
    ).assumingMemoryBound(to: Bool.self)
    original = hook.pointee
    thread = pthread_self()
    count = 0
    hook.pointee = { metadata, size, alignment in
      if pthread_equal(pthread_self(), ObjectCount.thread) != 0 { ObjectCount.count += 1 }
      return ObjectCount.original!(metadata, size, alignment)
    }
    flag.pointee = true
    body()
    flag.pointee = false
    hook.pointee = original!
    return count
  }
}

@Suite struct AllocationTests {
  @Test func aStepAllocatesNothingAfterTheFirst() async {
    await #expect(processExitsWith: .success) {
      let data = Dataset.xor
      let optimizers: [Optimizer] = [
        .sgd(learningRate: 0.1), .sgd(learningRate: 0.1, momentum: 0.9), .adam(), .rmsProp(),
      ]
      for optimizer in optimizers {
        let net = Network(inputs: 2, seed: 1) {
          Dense(8)
          Tanh()
          Dense(8)
          GELU()
          Dense(1)
          Sigmoid()
        }
        let step = TrainingStep(net, .binaryCrossEntropy, optimizer, like: data)
        step.run()
        let count = try ObjectCount.during { for _ in 0..<10 { step.run() } }
        #expect(count == 0, "\(optimizer.name)")
      }
      let images = Dataset(
        "noise", inputs: Tensor.normal([4, 1, 8, 8], seed: 1), targets: Tensor([0, 1, 2, 0]))
      let net = Network(inputShape: [1, 8, 8], seed: 1) {
        Convolution2D(3, kernel: 3, padding: 1)
        ReLU()
        MaxPool(2)
        Convolution2D(4, kernel: 3, padding: 1)
        BatchNorm()
        ReLU()
        MaxPool(2)
        Flatten()
        Dense(3)
      }
      let step = TrainingStep(
        net, .crossEntropy, .sgd(learningRate: 0.1, momentum: 0.9), like: images)
      step.run()
      let count = try ObjectCount.during { for _ in 0..<10 { step.run() } }
      #expect(count == 0, "a convolutional network")
      // The counter counts.
      #expect(try ObjectCount.during { _ = Tensor([1, 2]) } > 0)
    }
  }
}
