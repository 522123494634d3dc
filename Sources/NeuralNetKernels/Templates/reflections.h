// Rows of a matrix in double precision, as reflections and rotations need them; included once per
// instruction set.
// Products and sums are rounded apart.

/// y[j] += the sum of factors[i] * a[i][j], rows ascending.
void NN_NAME(add_rows)(
    size_t rows, size_t n, size_t a_row, const double *factors, const double *a, double *y) {
  size_t i = 0;
  for (; i + 4 <= rows; i += 4, a += 4 * a_row) {
    double f0 = factors[i], f1 = factors[i + 1], f2 = factors[i + 2], f3 = factors[i + 3];
    NN_VECTOR_LOOP
    for (size_t j = 0; j < n; j++)
      y[j] = (((y[j] + f0 * a[j]) + f1 * a[a_row + j]) + f2 * a[2 * a_row + j]) +
             f3 * a[3 * a_row + j];
  }
  for (; i < rows; i++, a += a_row) {
    NN_VECTOR_LOOP
    for (size_t j = 0; j < n; j++) y[j] += factors[i] * a[j];
  }
}

/// a[i][j] -= factors[i] * x[j].
void NN_NAME(take_off_outer)(
    size_t rows, size_t n, size_t a_row, const double *factors, const double *x, double *a) {
  for (size_t i = 0; i < rows; i++, a += a_row) {
    double factor = factors[i];
    NN_VECTOR_LOOP
    for (size_t j = 0; j < n; j++) a[j] -= factor * x[j];
  }
}

/// y[i] = the sum of a[i][j] * x[j], in eight lanes that are combined pairwise.
void NN_NAME(dot_rows)(
    size_t rows, size_t n, size_t a_row, const double *a, const double *x, double *y) {
  for (size_t i = 0; i < rows; i++, a += a_row) {
    double lanes[8] = {0};
    size_t j = 0;
    for (; j + 8 <= n; j += 8)
      _Pragma("clang loop unroll(full)") for (size_t lane = 0; lane < 8; lane++)
        lanes[lane] += a[j + lane] * x[j + lane];
    for (size_t lane = 0; j + lane < n; lane++) lanes[lane] += a[j + lane] * x[j + lane];
    y[i] = ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) +
           ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
  }
}

/// Turns row i and the one after it, from the last of `count` to the first; `a` has one row more. A few
/// columns at a time, so that the row which the next rotation turns again stays in registers.
void NN_NAME(rotate_rows)(
    size_t count, size_t n, size_t a_row, const double *sines, const double *cosines, double *a) {
  size_t start = 0;
  for (; start + 8 <= n; start += 8) {
    double upper[8];
    for (int lane = 0; lane < 8; lane++) upper[lane] = a[count * a_row + start + (size_t)lane];
    for (size_t i = count; i-- > 0;) {
      double sine = sines[i], cosine = cosines[i];
      double *row = a + i * a_row + start;
      _Pragma("clang loop unroll(full)") for (int lane = 0; lane < 8; lane++) {
        double lower = row[lane];
        row[(size_t)lane + a_row] = sine * lower + cosine * upper[lane];
        upper[lane] = cosine * lower - sine * upper[lane];
      }
    }
    for (int lane = 0; lane < 8; lane++) a[start + (size_t)lane] = upper[lane];
  }
  for (; start < n; start++) {
    double upper = a[count * a_row + start];
    for (size_t i = count; i-- > 0;) {
      double lower = a[i * a_row + start];
      a[(i + 1) * a_row + start] = sines[i] * lower + cosines[i] * upper;
      upper = cosines[i] * lower - sines[i] * upper;
    }
    a[start] = upper;
  }
}
