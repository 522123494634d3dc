/// What people write who come from other libraries or from C, and what it is called here.
enum NamesElsewhere {
  /// - Parameters:
  ///   - message: of the compiler.
  ///   - line: the author's, from the message's column on.
  static func advice(for message: String, at line: Substring) -> String? {
    let patterns = [
      /cannot find '(\w+)' in scope/, /has no member '(\w+)'/, /has no member named '(\w+)'/,
      /cannot find type '(\w+)' in scope/,
    ]
    if line.hasPrefix("String(format:") || message.contains("'format:") {
      return "'String(format:)' is part of Foundation: 'import Foundation', or write a number in a "
        + "sentence with its format, as in '{swift} x, %.2f'"
    }
    if message.contains("expected 'on:loss:") || message.contains("argument type 'Dataset'") {
      return learning
    }
    if let shape = shapeAsCount(message, line) { return shape }
    if let foreign = LinesElsewhere.advice(for: line.base) { return foreign }
    guard let name = patterns.lazy.compactMap({ message.firstMatch(of: $0)?.1 }).first else {
      return nil
    }
    if message.hasPrefix("cannot find"), line.hasPrefix(name),
      line.dropFirst(name.count).prefixMatch(of: /\s*=[^=]/) != nil
    {
      return "a new variable begins with 'let' or 'var': 'let \(name) = …'"
    }
    return names[String(name)]
  }

  /// `Network(inputs: [1, 8, 8])`: a count is expected where there is a shape.
  private static func shapeAsCount(_ message: String, _ line: Substring) -> String? {
    guard message.hasSuffix("to expected argument type 'Int'"),
      message.contains("of type '[Int]'") || message.contains("of type '(Int, Int"),
      line.base[..<line.startIndex].contains(/Network\(\s*inputs:\s*$/)
    else { return nil }
    let numbers = line.prefixMatch(of: /[\[(](\d+(?:, *\d+)*)[\])]/)?.1 ?? "1, 8, 8"
    return "'inputs' counts the numbers of a sample; the shape of one is "
      + "'Network(inputShape: [\(numbers)]) { … }'"
  }

  private static let learning =
    "a network learns from a data set: 'net.train(on: Dataset(\"points\", inputs: x, targets: y), "
    + "loss: .crossEntropy, optimizer: .adam(learningRate: 0.01), epochs: 100)'"
  private static let layers = "layers stand in 'Network(inputs: 2) { … }', such as 'Dense(32)'"
  private static let filled = "a tensor of zeros is 'Tensor([2, 3], repeating: 0)'"
  private static let drawn =
    "a tensor of drawn numbers is 'Tensor.normal([2, 3], seed: 1)' or 'Tensor.uniform([2, 3], seed: 1)'; "
    + "single ones come from 'var random = RandomSource(seed: 1)', then 'random.normal()'"
  private static let functions =
    "for a number it is 'ElementaryFunction.NAME(x)', the same bits everywhere; for a tensor 't.NAME()'"

  private static let names: [String: String] = {
    var names: [String: String] = [
      "matmul": "a product of matrices is 'a.matrixProduct(b)'",
      "mm": "a product of matrices is 'a.matrixProduct(b)'",
      "bmm": "a product of matrices is 'a.matrixProduct(b)'",
      "dot": "a product of matrices is 'a.matrixProduct(b)', of vectors '(a * b).sum()'",
      "T": "a matrix with rows and columns exchanged is 'a.transposed()'",
      "transpose": "a matrix with rows and columns exchanged is 'a.transposed()'",
      "zeros": filled, "ones": "a tensor of ones is 'Tensor([2, 3], repeating: 1)'",
      "full": filled, "randn": drawn, "rand": drawn, "random": drawn,
      "arange":
        "a tensor of numbers is 'Tensor([0, 1, 2])'; of a range 'Tensor((0..<5).map(Float.init))'",
      "Linear": "this layer is 'Dense(32)', or 'Dense(64, 32)' with the inputs",
      "Conv2d": "this layer is 'Convolution2D(16, kernel: 3)'",
      "Conv2D": "this layer is 'Convolution2D(16, kernel: 3)'",
      "MaxPool2d": "this layer is 'MaxPool(2)'", "MaxPooling2D": "this layer is 'MaxPool(2)'",
      "AvgPool2d": "this layer is 'AveragePool(2)'",
      "AveragePooling2D": "this layer is 'AveragePool(2)'",
      "BatchNorm1d": "this layer is 'BatchNorm()'", "BatchNorm2d": "this layer is 'BatchNorm()'",
      "BatchNormalization": "this layer is 'BatchNorm()'",
      "LayerNormalization": "this layer is 'LayerNorm()'",
      "MultiheadAttention": "this layer is 'MultiHeadAttention(64, heads: 8)'",
      "Sequential": "a network is 'Network(inputs: 2) { Dense(32); ReLU(); Dense(1) }'",
      "Module": "a network is 'Network(inputs: 2) { Dense(32); ReLU(); Dense(1) }'",
      "nn": layers, "layers": layers, "keras": layers, "tf": layers, "torch": layers,
      "optim": "an optimizer is '.adam(learningRate: 0.001)', an argument of 'train'",
      "Adam": "an optimizer is '.adam(learningRate: 0.001)', an argument of 'train'",
      "SGD": "an optimizer is '.sgd(learningRate: 0.1)', an argument of 'train'",
      "CrossEntropyLoss": "this loss is '.crossEntropy', an argument of 'train'",
      "MSELoss": "this loss is '.meanSquaredError', an argument of 'train'",
      "mse": "this loss is '.meanSquaredError'",
      "BCELoss": "this loss is '.binaryCrossEntropy', an argument of 'train'",
      "BCEWithLogitsLoss": "this loss is '.binaryCrossEntropyWithLogits', an argument of 'train'",
      "DataLoader": "batches are an argument of 'train': 'batchSize: 32'",
      "fit": learning,
      "compile": "the loss and the optimizer are arguments of 'net.train(on: data, …)'",
      "to": "everything runs on the processor; leave it out",
      "cuda": "everything runs on the processor; leave it out",
      "cpu": "everything runs on the processor; leave it out",
      "device": "everything runs on the processor; leave it out",
      "view": "another shape of the same numbers is 'a.reshaped(2, 3)'",
      "reshape": "another shape of the same numbers is 'a.reshaped(2, 3)'",
      "squeeze": "another shape of the same numbers is 'a.reshaped(2, 3)'",
      "unsqueeze": "another shape of the same numbers is 'a.reshaped(2, 3)'",
      "flatten": "another shape of the same numbers is 'a.reshaped(6)', and the layer 'Flatten()'",
      "item": "the one number of a tensor is 'a.scalar'",
      "numpy": "the numbers of a tensor are 'a.values', those of a matrix 'a.matrix'",
      "tolist": "the numbers of a tensor are 'a.values', those of a matrix 'a.matrix'",
      "size": "how large a tensor is says 'a.shape'",
      "grad": "a gradient is 'a.gradient'",
      "zero_grad": "'clearGradient()' takes the gradient back to nothing",
      "no_grad": "without gradients is 'withoutGradients { … }'",
      "requires_grad": "a tensor that learns is 'Tensor(…, needsGradient: true)'",
      "detach": "a tensor without its past is 'a.detached()'",
      "cat": "tensors behind each other are 'Tensor.concatenate([a, b], axis: 0)'",
      "parameters":
        "a network counts its numbers in 'net.parameterCount', and 'net.layers' has them",
      "same": "padding counts rows and columns: 'padding: 1' keeps the size with 'kernel: 3'",
      "valid": "padding counts rows and columns: 'padding: 0' is none",
      "sqrt": "for a number it is 'x.squareRoot()', for a tensor 't.sqrt()'",
      "pow":
        "for a number write 'x * x', or 'ElementaryFunction.exp(y * ElementaryFunction.log(x))'; "
        + "for a tensor 't.squared()'",
      "np": "numbers in rows are 'Tensor([[1, 2], [3, 4]])'",
      "plt": "a figure is 'plot(values)'",
      "pd": "a table of numbers is 'Dataset.csv(\"data/x.csv\", label: \"y\")'",
      "len": "how many there are says 'a.count'",
      "range": "the numbers from 0 to 9 are '0..<10'",
      "None": "nothing is 'nil'", "True": "it is written 'true'", "False": "it is written 'false'",
      "console": "a text is printed by 'print(x)', and a value shown by 'show(x)'",
      "println": "a text is printed by 'print(x)', and a value shown by 'show(x)'",
      "printf": "a text is printed by 'print(x)', and a value shown by 'show(x)'",
      "display": "a text is printed by 'print(x)', and a value shown by 'show(x)'",
      "M_PI": "the number is 'Float.pi'", "pi": "the number is 'Float.pi'",
    ]
    for name in ["log", "exp", "sin", "cos", "tanh", "erf"] {
      names[name] = functions.replacing("NAME", with: name)
    }
    return names
  }()
}
