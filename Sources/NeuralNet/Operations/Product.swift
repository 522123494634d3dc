internal import NeuralNetKernels

/// One matrix product for the kernels, said in order: sizes, operands with their distances between
/// rows and columns, then where the result goes.
struct Product {
  private var description: nn_product

  init(_ m: Int, _ n: Int, _ k: Int) {
    description = nn_product()
    description.m = m
    description.n = n
    description.k = k
    description.epilogue = NN_IDENTITY
  }

  consuming func first(_ values: UnsafePointer<Float>, _ steps: (row: Int, column: Int)) -> Product
  {
    description.a = values
    description.a_row = steps.row
    description.a_column = steps.column
    return self
  }

  consuming func second(_ values: UnsafePointer<Float>, _ steps: (row: Int, column: Int)) -> Product
  {
    description.b = values
    description.b_row = steps.row
    description.b_column = steps.column
    return self
  }

  /// Starts every chain from a row of values, one a column.
  consuming func starting(from row: UnsafePointer<Float>?) -> Product {
    guard let row else { return self }
    description.row = row
    description.start = NN_FROM_ROW
    return self
  }

  consuming func then(_ epilogue: nn_function) -> Product {
    description.epilogue = epilogue
    return self
  }

  consuming func write(
    to values: UnsafeMutablePointer<Float>, row: Int? = nil, accumulate: Bool
  ) {
    description.c = values
    description.c_row = row ?? description.n
    if accumulate { description.start = NN_FROM_OUTPUT }
    withUnsafePointer(to: description) { nn_multiply($0) }
  }
}
