// Products whose one operand is made of shifted copies of itself, which no memory holds: what windows
// that move over an image see. Included once per instruction set.

#if defined(NN_WIDTH)

/// One tile: R rows of V vectors, the last of which has `tail` lanes.
NN_INLINE void NN_NAME(shifted_tile)(
    const int R, const int V, const bool full, const bool rows_shifted,
    const nn_shifted_product *s, size_t i, size_t j, size_t tail) {
  const NN_MASK mask = NN_NAME(mask)(tail);
  float *c = s->c + (ptrdiff_t)i * s->c_row + j;
  NN_VECTOR sums[NN_TILE_ROWS][2];
#define NN_LAST(v) (!full && (v) == V - 1)
#define NN_LOAD_PART(p, v) \
  (NN_LAST(v) ? NN_NAME(load_masked)((p) + (v) * NN_WIDTH, mask) : NN_LOAD((p) + (v) * NN_WIDTH))
  NN_EACH (int r = 0; r < R; r++) NN_EACH (int v = 0; v < V; v++)
    sums[r][v] = NN_LOAD_PART(c + r * s->c_row, v);
  const float *rows[NN_TILE_ROWS];
  NN_EACH (int r = 0; r < R; r++)
    rows[r] = s->a + (rows_shifted ? s->shifts[i + (size_t)r] : (ptrdiff_t)(i + (size_t)r) * s->a_row);
  _Pragma("clang loop unroll(disable)") for (size_t q = 0; q < s->k; q++) {
    const float *b = s->b + j + (rows_shifted ? (ptrdiff_t)q * s->b_row : s->shifts[q]);
    NN_VECTOR second[2];
    NN_EACH (int v = 0; v < V; v++) second[v] = NN_LOAD_PART(b, v);
    NN_EACH (int r = 0; r < R; r++) {
      NN_VECTOR first = NN_BROADCAST(rows[r][q]);
      NN_EACH (int v = 0; v < V; v++) sums[r][v] = NN_FMA(first, second[v], sums[r][v]);
    }
  }
  NN_EACH (int r = 0; r < R; r++) NN_EACH (int v = 0; v < V; v++) {
    float *to = c + r * s->c_row + v * NN_WIDTH;
    if (NN_LAST(v)) NN_NAME(store_masked)(to, mask, sums[r][v]);
    else NN_STORE(to, sums[r][v]);
  }
#undef NN_LAST
#undef NN_LOAD_PART
}

typedef void (*NN_NAME(shifted_tile_function))(
    const nn_shifted_product *, size_t, size_t, size_t);

#define NN_SHIFTED_TILE(R, V, FULL, SHIFTED, KIND)                         \
  static void NN_NAME(shifted_##R##_##V##_##KIND)(                         \
      const nn_shifted_product *s, size_t i, size_t j, size_t tail) {      \
    NN_NAME(shifted_tile)(R, V, FULL, SHIFTED, s, i, j, tail);             \
  }
#define NN_SHIFTED_TILES_OF(R)                                                               \
  NN_SHIFTED_TILE(R, 1, true, false, full) NN_SHIFTED_TILE(R, 1, false, false, part)         \
  NN_SHIFTED_TILE(R, 2, true, false, full) NN_SHIFTED_TILE(R, 2, false, false, part)         \
  NN_SHIFTED_TILE(R, 1, true, true, rows_full) NN_SHIFTED_TILE(R, 1, false, true, rows_part) \
  NN_SHIFTED_TILE(R, 2, true, true, rows_full) NN_SHIFTED_TILE(R, 2, false, true, rows_part)
NN_FOR_TILE_ROWS(NN_SHIFTED_TILES_OF)

// [whether rows are shifted][rows - 1][vectors - 1][whether the last vector is in part]
#define NN_SHIFTED_ENTRY(R)                                      \
  {{NN_NAME(shifted_##R##_1_full), NN_NAME(shifted_##R##_1_part)}, \
   {NN_NAME(shifted_##R##_2_full), NN_NAME(shifted_##R##_2_part)}},
#define NN_SHIFTED_ROWS_ENTRY(R)                                           \
  {{NN_NAME(shifted_##R##_1_rows_full), NN_NAME(shifted_##R##_1_rows_part)}, \
   {NN_NAME(shifted_##R##_2_rows_full), NN_NAME(shifted_##R##_2_rows_part)}},
static const NN_NAME(shifted_tile_function) NN_NAME(shifted_tiles)[2][NN_TILE_ROWS][2][2] = {
    {NN_FOR_TILE_ROWS(NN_SHIFTED_ENTRY)}, {NN_FOR_TILE_ROWS(NN_SHIFTED_ROWS_ENTRY)}};

void NN_NAME(multiply_shifted)(const nn_shifted_product *s) {
  if (s->m == 0 || s->n == 0) return;
  NN_NAME(bands) bands = NN_NAME(bands_of)(s->m);
  for (size_t j = 0; j < s->n; j += NN_PANEL) {
    size_t columns = s->n - j < NN_PANEL ? s->n - j : NN_PANEL;
    size_t vectors = columns > NN_WIDTH ? 2 : 1;
    size_t tail = columns - (vectors - 1) * NN_WIDTH;
    size_t i = 0;
    for (size_t band = 0; band < bands.count; band++) {
      size_t rows = NN_NAME(band_height)(&bands, band);
      NN_NAME(shifted_tiles)[s->rows_shifted][rows - 1][vectors - 1][tail != NN_WIDTH](
          s, i, j, tail);
      i += rows;
    }
  }
}

/// y[j][i] = x[i][j].
void NN_NAME(transpose)(
    size_t rows, size_t columns, const float *x, size_t x_row, float *y, size_t y_row) {
  NN_NAME(pack)(columns, rows, x, 1, (ptrdiff_t)x_row, y, y_row);
}

#else

void NN_NAME(multiply_shifted)(const nn_shifted_product *s) {
  for (size_t i = 0; i < s->m; i++) {
    float *c = s->c + (ptrdiff_t)i * s->c_row;
    const float *a = s->a + (s->rows_shifted ? s->shifts[i] : (ptrdiff_t)i * s->a_row);
    for (size_t q = 0; q < s->k; q++) {
      const float *b = s->b + (s->rows_shifted ? (ptrdiff_t)q * s->b_row : s->shifts[q]);
      float first = a[q];
      NN_VECTOR_LOOP
      for (size_t j = 0; j < s->n; j++) c[j] = nn_fused(first, b[j], c[j]);
    }
  }
}

void NN_NAME(transpose)(
    size_t rows, size_t columns, const float *x, size_t x_row, float *y, size_t y_row) {
  for (size_t i = 0; i < rows; i++)
    for (size_t j = 0; j < columns; j++) y[j * y_row + i] = x[i * x_row + j];
}

#endif
