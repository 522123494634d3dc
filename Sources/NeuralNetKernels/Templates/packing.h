// Copies of operands that lie in the order in which a product reads them; included once per
// instruction set, which has defined how eight by eight and four by eight values are transposed.

/// y[p][j] = x at p * x_row + j * x_column: rows that lie together, from either orientation.
static void NN_NAME(pack)(
    size_t rows, size_t columns, const float *x, ptrdiff_t x_row, ptrdiff_t x_column, float *y,
    size_t y_row) {
  if (x_column == 1) {
    for (size_t p = 0; p < rows; p++)
      __builtin_memcpy(y + p * y_row, x + (ptrdiff_t)p * x_row, columns * sizeof(float));
    return;
  }
  size_t whole_rows = x_row == 1 ? rows & ~(size_t)7 : 0;
  size_t eights = columns & ~(size_t)7, fours = columns & ~(size_t)3;
  for (size_t p = 0; p < whole_rows; p += 8) {
    for (size_t q = 0; q < eights; q += 8)
      NN_NAME(transpose_8)(x + p + (ptrdiff_t)q * x_column, x_column, y + p * y_row + q, y_row);
    if (fours > eights)
      NN_NAME(transpose_4)(
          x + p + (ptrdiff_t)eights * x_column, x_column, y + p * y_row + eights, y_row);
    for (size_t q = fours; q < columns; q++)
      for (size_t r = p; r < p + 8; r++) y[r * y_row + q] = x[r + q * (size_t)x_column];
  }
  for (size_t p = whole_rows; p < rows; p++)
    for (size_t q = 0; q < columns; q++)
      y[p * y_row + q] = x[(ptrdiff_t)p * x_row + (ptrdiff_t)q * x_column];
}

/// Whole panels of a matrix whose columns are adjacent, one after the other. Eight are filled at a
/// time, so that a page of the matrix is visited once and not once for each of them.
static void NN_NAME(pack_panels)(
    size_t rows, size_t panels, const float *x, ptrdiff_t x_row, float *y) {
  for (size_t j = 0; j < panels; j += 8) {
    size_t count = panels - j < 8 ? panels - j : 8;
    for (size_t p = 0; p < rows; p++) {
      const float *from = x + (ptrdiff_t)p * x_row + j * NN_PANEL;
      float *to = y + (j * rows + p) * NN_PANEL;
      for (size_t g = 0; g < count; g++) {
        NN_STORE(to + g * rows * NN_PANEL, NN_LOAD(from + g * NN_PANEL));
        NN_STORE(to + g * rows * NN_PANEL + NN_WIDTH, NN_LOAD(from + g * NN_PANEL + NN_WIDTH));
      }
    }
  }
}

/// Bands of rows of A, one after the other.
static void NN_NAME(pack_bands)(
    const NN_NAME(bands) *bands, size_t depth, const float *x, ptrdiff_t x_row, ptrdiff_t x_column,
    float *y) {
  size_t start = 0;
  for (size_t band = 0; band < bands->count; band++) {
    size_t height = NN_NAME(band_height)(bands, band);
    NN_NAME(pack)(
        depth, height, x + (ptrdiff_t)start * x_row, x_column, x_row, y + start * depth, height);
    start += height;
  }
}

/// All panels of B; the last may be narrower, its other columns are left as they are.
static void NN_NAME(pack_second)(
    size_t depth, size_t columns, const float *x, ptrdiff_t x_row, ptrdiff_t x_column, float *y) {
  size_t j = 0;
  if (x_column == 1) {
    j = columns / NN_PANEL * NN_PANEL;
    NN_NAME(pack_panels)(depth, columns / NN_PANEL, x, x_row, y);
  }
  for (; j < columns; j += NN_PANEL) {
    size_t width = columns - j < NN_PANEL ? columns - j : NN_PANEL;
    NN_NAME(pack)(
        depth, width, x + (ptrdiff_t)j * x_column, x_row, x_column, y + j * depth, NN_PANEL);
  }
}
