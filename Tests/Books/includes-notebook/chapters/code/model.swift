import NeuralNet

enum Model {
  // snippet.loss
  func loss(_ answer: Int, _ wanted: Int) -> Int {
    let miss = answer - wanted

    return miss * miss
  }
  // snippet.end
}

// snippet.start
let start = loss(2, 0)
print("starts at \(start)")
