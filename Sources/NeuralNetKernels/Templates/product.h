// Matrix products by tiles that stay in registers; included once per instruction set, which defines
// the vector type and its loads (NN_WIDTH lanes), and the tile: NN_TILE_ROWS rows of two vectors.

typedef struct {
  ptrdiff_t a_row, a_column, b_row, c_row;
  size_t k;
  nn_start start;
  const float *row;
} NN_NAME(tile_shape);

/// One tile: R rows of V vectors, the last of which has `tail` lanes.
NN_INLINE void NN_NAME(tile)(
    const int R, const int V, const bool full, const NN_NAME(tile_shape) *s, size_t tail,
    const float *a, const float *b, float *c, const float *row) {
  const NN_MASK mask = NN_NAME(mask)(tail);
#define NN_LAST(v) (!full && (v) == V - 1)
#define NN_LOAD_PART(p, v) \
  (NN_LAST(v) ? NN_NAME(load_masked)((p) + (v) * NN_WIDTH, mask) : NN_LOAD((p) + (v) * NN_WIDTH))
  NN_VECTOR sums[NN_TILE_ROWS][2];
  _Pragma("clang loop unroll(full)") for (int r = 0; r < R; r++)
    _Pragma("clang loop unroll(full)") for (int v = 0; v < V; v++) {
      if (s->start == NN_FROM_OUTPUT) sums[r][v] = NN_LOAD_PART(c + r * s->c_row, v);
      else if (s->start == NN_FROM_ROW) sums[r][v] = NN_LOAD_PART(row, v);
      else sums[r][v] = NN_ZERO();
    }
  const ptrdiff_t a_row = s->a_row, a_column = s->a_column, b_row = s->b_row;
  for (size_t q = s->k; q > 0; q--) {
    NN_VECTOR second[2];
    _Pragma("clang loop unroll(full)") for (int v = 0; v < V; v++) second[v] = NN_LOAD_PART(b, v);
    _Pragma("clang loop unroll(full)") for (int r = 0; r < R; r++) {
      NN_VECTOR first = NN_BROADCAST(a[r * a_row]);
      _Pragma("clang loop unroll(full)") for (int v = 0; v < V; v++)
        sums[r][v] = NN_FMA(first, second[v], sums[r][v]);
    }
    a += a_column;
    b += b_row;
  }
  _Pragma("clang loop unroll(full)") for (int r = 0; r < R; r++)
    _Pragma("clang loop unroll(full)") for (int v = 0; v < V; v++) {
      float *to = c + r * s->c_row + v * NN_WIDTH;
      if (NN_LAST(v)) NN_NAME(store_masked)(to, mask, sums[r][v]);
      else NN_STORE(to, sums[r][v]);
    }
#undef NN_LAST
#undef NN_LOAD_PART
}

typedef void (*NN_NAME(tile_function))(
    const NN_NAME(tile_shape) *, size_t, const float *, const float *, float *, const float *);

#define NN_TILE(R, V, FULL, KIND)                                                            \
  static void NN_NAME(tile_##R##_##V##_##KIND)(                                              \
      const NN_NAME(tile_shape) *s, size_t tail, const float *a, const float *b, float *c,   \
      const float *row) {                                                                    \
    NN_NAME(tile)(R, V, FULL, s, tail, a, b, c, row);                                        \
  }
#define NN_TILES_OF(R) \
  NN_TILE(R, 1, true, full) NN_TILE(R, 1, false, part) NN_TILE(R, 2, true, full) NN_TILE(R, 2, false, part)
NN_FOR_TILE_ROWS(NN_TILES_OF)

#define NN_TILE_ENTRY(R)                                                \
  {{NN_NAME(tile_##R##_1_full), NN_NAME(tile_##R##_1_part)},            \
   {NN_NAME(tile_##R##_2_full), NN_NAME(tile_##R##_2_part)}},
static const NN_NAME(tile_function) NN_NAME(tiles)[NN_TILE_ROWS][2][2] = {
    NN_FOR_TILE_ROWS(NN_TILE_ENTRY)};

/// All of C, from operands as they lie (B's columns adjacent).
static void NN_NAME(multiply_block)(
    const NN_NAME(tile_shape) *s, size_t m, size_t n, const float *a, const float *b, float *c) {
  // Tiles of nearly equal height: 13 rows are 7 and 6, not 12 and 1.
  size_t bands = (m + NN_TILE_ROWS - 1) / NN_TILE_ROWS;
  size_t height = m / bands, taller = m % bands;
  for (size_t j = 0; j < n; j += 2 * NN_WIDTH) {
    size_t columns = n - j < 2 * NN_WIDTH ? n - j : 2 * NN_WIDTH;
    size_t vectors = columns > NN_WIDTH ? 2 : 1;
    size_t tail = columns - (vectors - 1) * NN_WIDTH;
    const float *row = s->row ? s->row + j : (const float *)0;
    size_t i = 0;
    for (size_t band = 0; band < bands; band++) {
      size_t rows = height + (band < taller);
      NN_NAME(tiles)[rows - 1][vectors - 1][tail != NN_WIDTH](
          s, tail, a + (ptrdiff_t)i * s->a_row, b + j, c + (ptrdiff_t)i * s->c_row + j, row);
      i += rows;
    }
  }
}

static void NN_NAME(transpose)(
    size_t rows, size_t columns, const float *x, ptrdiff_t x_row, ptrdiff_t x_column, float *y,
    size_t y_row) {
  for (size_t i = 0; i < rows; i += 16)
    for (size_t j = 0; j < columns; j += 16)
      for (size_t p = i; p < rows && p < i + 16; p++)
        for (size_t q = j; q < columns && q < j + 16; q++)
          y[p * y_row + q] = x[(ptrdiff_t)p * x_row + (ptrdiff_t)q * x_column];
}

static void NN_NAME(multiply)(const nn_product *p) {
  if (p->m == 0 || p->n == 0) return;
  NN_NAME(tile_shape) s = {
      p->a_row, p->a_column, p->b_row, p->c_row, p->k, p->start, p->row};
  const float *b = p->b;
  if (p->b_column != 1 && p->k > 0) {
    float *rows = nn_scratch(0, p->k * p->n);
    NN_NAME(transpose)(p->k, p->n, p->b, p->b_row, p->b_column, rows, p->n);
    b = rows;
    s.b_row = (ptrdiff_t)p->n;
  }
  NN_NAME(multiply_block)(&s, p->m, p->n, p->a, b, p->c);
  if (p->epilogue != NN_IDENTITY) {
    if (p->c_row == (ptrdiff_t)p->n) NN_NAME(map)(p->epilogue, p->m * p->n, 0, p->c, p->c);
    else
      for (size_t i = 0; i < p->m; i++) {
        float *c = p->c + (ptrdiff_t)i * p->c_row;
        NN_NAME(map)(p->epilogue, p->n, 0, c, c);
      }
  }
}
