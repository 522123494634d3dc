// Products of a matrix with itself in double precision, for covariances; included once per instruction
// set.

// `across` and `down` are constants where a whole tile is formed, so that it stays in registers.
NN_INLINE void NN_NAME(square_tile)(
    const size_t across, const size_t down, bool first, size_t rows, size_t columns, const double *x,
    size_t i, size_t j, double *y) {
  double sums[4][8] = {{0}};
  if (!first)
    for (size_t p = 0; p < down; p++)
      for (size_t q = 0; q < across; q++) sums[p][q] = y[(i + p) * columns + j + q];
  for (size_t row = 0; row < rows; row++) {
    const double *values = x + row * columns;
    _Pragma("clang loop unroll(full)") for (size_t p = 0; p < down; p++)
      _Pragma("clang loop unroll(full)") for (size_t q = 0; q < across; q++)
        sums[p][q] += values[i + p] * values[j + q];
  }
  for (size_t p = 0; p < down; p++)
    for (size_t q = 0; q < across; q++) y[(i + p) * columns + j + q] = sums[p][q];
}

void NN_NAME(square)(size_t rows, size_t columns, const double *x, double *y) {
  // As many rows as the nearest cache holds: all tiles read them before the next ones come.
  size_t most = columns < 64 ? 2048 / (columns ? columns : 1) : 32;
  for (size_t start = 0; start == 0 || start < rows; start += most, x += most * columns) {
    size_t count = rows - start < most ? rows - start : most;
    for (size_t i = 0; i < columns; i += 4)
      for (size_t j = 0; j < i + 4 && j < columns; j += 8) {
        if (i + 4 <= columns && j + 8 <= columns)
          NN_NAME(square_tile)(8, 4, start == 0, count, columns, x, i, j, y);
        else
          for (size_t p = i; p < i + 4 && p < columns; p++)
            for (size_t q = j; q < j + 8 && q < columns; q++)
              NN_NAME(square_tile)(1, 1, start == 0, count, columns, x, p, q, y);
      }
  }
}
