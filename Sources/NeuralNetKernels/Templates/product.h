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
  // A pointer for every three rows, because the third is as far as one address reaches (base, base +
  // index, base + 2 * index). The empty instruction keeps the compiler from making one pointer that
  // walks from row to row, which would be a chain of additions as long as the arithmetic.
  const float *rows[(NN_TILE_ROWS + 2) / 3];
  _Pragma("clang loop unroll(full)") for (int g = 0; g < (R + 2) / 3; g++) {
    rows[g] = a + 3 * g * a_row;
    __asm__("" : "+r"(rows[g]));
  }
  for (size_t q = s->k; q > 0; q--) {
    NN_VECTOR second[2];
    _Pragma("clang loop unroll(full)") for (int v = 0; v < V; v++) second[v] = NN_LOAD_PART(b, v);
    _Pragma("clang loop unroll(full)") for (int r = 0; r < R; r++) {
      NN_VECTOR first = NN_BROADCAST(rows[r / 3][(r % 3) * a_row]);
      _Pragma("clang loop unroll(full)") for (int v = 0; v < V; v++)
        sums[r][v] = NN_FMA(first, second[v], sums[r][v]);
    }
    _Pragma("clang loop unroll(full)") for (int g = 0; g < (R + 2) / 3; g++) rows[g] += a_column;
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

/// Rows cut into bands of nearly equal height: 13 rows are 7 and 6, not 12 and 1.
typedef struct {
  size_t count, height, taller;
} NN_NAME(bands);

NN_INLINE NN_NAME(bands) NN_NAME(bands_of)(size_t rows) {
  size_t count = (rows + NN_TILE_ROWS - 1) / NN_TILE_ROWS;
  return (NN_NAME(bands)){count, rows / count, rows % count};
}

NN_INLINE size_t NN_NAME(band_height)(const NN_NAME(bands) *bands, size_t band) {
  return bands->height + (band < bands->taller);
}

/// All of C, from operands as they lie (B's columns adjacent).
static void NN_NAME(multiply_block)(
    const NN_NAME(tile_shape) *s, size_t m, size_t n, const float *a, const float *b, float *c) {
  NN_NAME(bands) bands = NN_NAME(bands_of)(m);
  for (size_t j = 0; j < n; j += 2 * NN_WIDTH) {
    size_t columns = n - j < 2 * NN_WIDTH ? n - j : 2 * NN_WIDTH;
    size_t vectors = columns > NN_WIDTH ? 2 : 1;
    size_t tail = columns - (vectors - 1) * NN_WIDTH;
    const float *row = s->row ? s->row + j : (const float *)0;
    size_t i = 0;
    for (size_t band = 0; band < bands.count; band++) {
      size_t rows = NN_NAME(band_height)(&bands, band);
      NN_NAME(tiles)[rows - 1][vectors - 1][tail != NN_WIDTH](
          s, tail, a + (ptrdiff_t)i * s->a_row, b + j, c + (ptrdiff_t)i * s->c_row + j, row);
      i += rows;
    }
  }
}

/// r[j] gets what stands in column j of eight rows.
NN_INLINE void NN_NAME(load_transposed)(const float *x, ptrdiff_t x_row, __m256 *r) {
  __m256 s[8];
  _Pragma("clang loop unroll(full)") for (int i = 0; i < 8; i++) r[i] = _mm256_loadu_ps(x + i * x_row);
  _Pragma("clang loop unroll(full)") for (int i = 0; i < 8; i += 2) {
    s[i] = _mm256_unpacklo_ps(r[i], r[i + 1]);
    s[i + 1] = _mm256_unpackhi_ps(r[i], r[i + 1]);
  }
  _Pragma("clang loop unroll(full)") for (int i = 0; i < 8; i += 4) {
    r[i] = _mm256_shuffle_ps(s[i], s[i + 2], 0x44);
    r[i + 1] = _mm256_shuffle_ps(s[i], s[i + 2], 0xee);
    r[i + 2] = _mm256_shuffle_ps(s[i + 1], s[i + 3], 0x44);
    r[i + 3] = _mm256_shuffle_ps(s[i + 1], s[i + 3], 0xee);
  }
  _Pragma("clang loop unroll(full)") for (int i = 0; i < 4; i++) {
    s[i] = _mm256_permute2f128_ps(r[i], r[i + 4], 0x20);
    s[i + 4] = _mm256_permute2f128_ps(r[i], r[i + 4], 0x31);
  }
  _Pragma("clang loop unroll(full)") for (int i = 0; i < 8; i++) r[i] = s[i];
}

NN_INLINE void NN_NAME(transpose_8)(const float *x, ptrdiff_t x_row, float *y, size_t y_row) {
  __m256 r[8];
  NN_NAME(load_transposed)(x, x_row, r);
  _Pragma("clang loop unroll(full)") for (int i = 0; i < 8; i++)
    _mm256_storeu_ps(y + (size_t)i * y_row, r[i]);
}

/// One column from rows that lie together: the lanes are rows, sixteen at a time.
static void NN_NAME(multiply_column)(const nn_product *p) {
  size_t whole = p->k & ~(size_t)7;
  size_t i = 0;
  for (; i + 16 <= p->m; i += 16) {
    __m256 sums[2];
    float starts[16];
    for (int r = 0; r < 16; r++)
      starts[r] = p->start == NN_FROM_ZERO  ? 0
                  : p->start == NN_FROM_ROW ? p->row[0]
                                            : p->c[(ptrdiff_t)(i + (size_t)r) * p->c_row];
    sums[0] = _mm256_loadu_ps(starts);
    sums[1] = _mm256_loadu_ps(starts + 8);
    const float *a = p->a + (ptrdiff_t)i * p->a_row;
    for (size_t q = 0; q < whole; q += 8) {
      __m256 first[8], second[8];
      NN_NAME(load_transposed)(a + q, p->a_row, first);
      NN_NAME(load_transposed)(a + q + 8 * p->a_row, p->a_row, second);
      _Pragma("clang loop unroll(full)") for (int j = 0; j < 8; j++) {
        __m256 b = _mm256_set1_ps(p->b[(ptrdiff_t)(q + (size_t)j) * p->b_row]);
        sums[0] = _mm256_fmadd_ps(first[j], b, sums[0]);
        sums[1] = _mm256_fmadd_ps(second[j], b, sums[1]);
      }
    }
    _mm256_storeu_ps(starts, sums[0]);
    _mm256_storeu_ps(starts + 8, sums[1]);
    for (int r = 0; r < 16; r++) {
      float sum = starts[r];
      for (size_t q = whole; q < p->k; q++)
        sum = __builtin_fmaf(a[r * p->a_row + (ptrdiff_t)q], p->b[(ptrdiff_t)q * p->b_row], sum);
      p->c[(ptrdiff_t)(i + (size_t)r) * p->c_row] = sum;
    }
  }
  if (i == p->m) return;
  NN_NAME(tile_shape) s = {
      p->a_row, p->a_column, p->b_row, p->c_row, p->k, p->start, p->row};
  NN_NAME(multiply_block)(
      &s, p->m - i, 1, p->a + (ptrdiff_t)i * p->a_row, p->b, p->c + (ptrdiff_t)i * p->c_row);
}

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
  size_t whole_columns = columns & ~(size_t)7;
  for (size_t p = 0; p < whole_rows; p += 8) {
    for (size_t q = 0; q < whole_columns; q += 8)
      NN_NAME(transpose_8)(x + p + (ptrdiff_t)q * x_column, x_column, y + p * y_row + q, y_row);
    for (size_t q = whole_columns; q < columns; q++)
      for (size_t r = p; r < p + 8; r++) y[r * y_row + q] = x[r + q * (size_t)x_column];
  }
  for (size_t p = whole_rows; p < rows; p++)
    for (size_t q = 0; q < columns; q++)
      y[p * y_row + q] = x[(ptrdiff_t)p * x_row + (ptrdiff_t)q * x_column];
}

/// Large products: blocks of B and A are copied to where the tiles read them in order.
static void NN_NAME(multiply_packed)(const nn_product *p) {
  enum { inner = NN_BLOCK_INNER, high = NN_BLOCK_ROWS * NN_TILE_ROWS, wide = 1024, panel = 2 * NN_WIDTH };
  size_t depth = p->k < inner ? p->k : inner;
  size_t columns = p->n < wide ? p->n : wide;
  size_t panels = (columns + panel - 1) / panel;
  float *b = nn_scratch(0, panels * panel * depth);
  float *a = nn_scratch(1, (size_t)high * depth);
  for (size_t j = 0; j < p->n; j += wide) {
    columns = p->n - j < wide ? p->n - j : wide;
    for (size_t q = 0; q < p->k; q += inner) {
      depth = p->k - q < inner ? p->k - q : inner;
      for (size_t jj = 0; jj < columns; jj += panel) {
        size_t width = columns - jj < panel ? columns - jj : panel;
        NN_NAME(pack)(
            depth, width, p->b + (ptrdiff_t)q * p->b_row + (ptrdiff_t)(j + jj) * p->b_column,
            p->b_row, p->b_column, b + jj * depth, panel);
      }
      NN_NAME(tile_shape) s = {
          1, 0, panel, p->c_row, depth, q == 0 ? p->start : NN_FROM_OUTPUT, p->row};
      for (size_t i = 0; i < p->m; i += high) {
        size_t rows = p->m - i < high ? p->m - i : high;
        NN_NAME(bands) bands = NN_NAME(bands_of)(rows);
        size_t start = 0;
        for (size_t band = 0; band < bands.count; band++) {
          size_t height = NN_NAME(band_height)(&bands, band);
          NN_NAME(pack)(
              depth, height,
              p->a + (ptrdiff_t)(i + start) * p->a_row + (ptrdiff_t)q * p->a_column, p->a_column,
              p->a_row, a + start * depth, height);
          start += height;
        }
        for (size_t jj = 0; jj < columns; jj += panel) {
          size_t width = columns - jj < panel ? columns - jj : panel;
          size_t vectors = width > NN_WIDTH ? 2 : 1;
          size_t tail = width - (vectors - 1) * NN_WIDTH;
          const float *row = p->row ? p->row + j + jj : (const float *)0;
          start = 0;
          for (size_t band = 0; band < bands.count; band++) {
            size_t height = NN_NAME(band_height)(&bands, band);
            s.a_column = (ptrdiff_t)height;
            NN_NAME(tiles)[height - 1][vectors - 1][tail != NN_WIDTH](
                &s, tail, a + start * depth, b + jj * depth,
                p->c + (ptrdiff_t)(i + start) * p->c_row + j + jj, row);
            start += height;
          }
        }
      }
    }
  }
}

/// Products whose operands the nearer caches hold are formed where the operands lie.
static void NN_NAME(multiply_in_place)(const nn_product *p) {
  NN_NAME(tile_shape) s = {
      p->a_row, p->a_column, p->b_row, p->c_row, p->k, p->start, p->row};
  const float *b = p->b;
  if (p->b_column != 1 && p->k > 0) {
    float *rows = nn_scratch(0, p->k * p->n);
    NN_NAME(pack)(p->k, p->n, p->b, p->b_row, p->b_column, rows, p->n);
    b = rows;
    s.b_row = (ptrdiff_t)p->n;
  }
  NN_NAME(multiply_block)(&s, p->m, p->n, p->a, b, p->c);
}

static void NN_NAME(multiply)(const nn_product *p) {
  if (p->m == 0 || p->n == 0) return;
  if (p->n == 1 && p->a_row == 1 && p->c_row == 1 && p->start != NN_FROM_ROW) {
    // The product of the transposes, whose long side lies in the lanes.
    nn_product turned = *p;
    turned.m = 1;
    turned.n = p->m;
    turned.a = p->b;
    turned.a_row = p->b_column;
    turned.a_column = p->b_row;
    turned.b = p->a;
    turned.b_row = p->a_column;
    turned.b_column = 1;
    turned.c_row = (ptrdiff_t)p->m;
    NN_NAME(multiply_in_place)(&turned);
  } else if (p->n == 1 && p->a_column == 1 && p->k >= 8) NN_NAME(multiply_column)(p);
  else if (p->m >= 64 && p->k >= 64 && p->n * p->k >= (size_t)NN_PACKED_FROM) NN_NAME(multiply_packed)(p);
  else NN_NAME(multiply_in_place)(p);
  if (p->epilogue == NN_IDENTITY) return;
  if (p->c_row == (ptrdiff_t)p->n) {
    NN_NAME(map)(p->epilogue, p->m * p->n, 0, p->c, p->c);
  } else {
    for (size_t i = 0; i < p->m; i++) {
      float *c = p->c + (ptrdiff_t)i * p->c_row;
      NN_NAME(map)(p->epilogue, p->n, 0, c, c);
    }
  }
}
