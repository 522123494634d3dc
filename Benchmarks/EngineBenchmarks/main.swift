import NeuralNet

// EngineBenchmarks [W1,W3,...] [RUNS] [THREADS]

let arguments = CommandLine.arguments
let chosen = arguments.count > 1 ? arguments[1].split(separator: ",").map(String.init) : []
let runs = arguments.count > 2 ? Int(arguments[2]) ?? 5 : 5
let threads = arguments.count > 3 ? Int(arguments[3]) ?? 1 : 1
Threads.use(threads)

let workloads: [(name: String, measure: (Int) -> Measurement)] = [
  ("W1", measureXOR), ("W2", measurePlayground), ("W3", measureDigits), ("W4", measureWidths),
  ("W5", measureLSTM), ("W6", measureEncoder), ("W7", measureGrid), ("W8", measureProducts),
  ("W9", measureEmbedding),
  ("W10", measureDeepNetwork), ("W11", measureConvolutionalNetwork),
  ("W12", measureConvolutions), ("W13", measureFunctions), ("W14", measureFunctionsAndSlopes),
  ("W15", measureSoftmax), ("W16", measureCrossEntropy), ("W17", measureSums),
  ("W18", measureArithmetic), ("W19", measureLeastSquares), ("W20", measurePrincipalComponents),
]
for workload in workloads where chosen.isEmpty || chosen.contains(workload.name) {
  print(workload.measure(runs).line(threads: threads))
}
