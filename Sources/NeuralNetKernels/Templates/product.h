// Matrix products; included once per instruction set, after what it defines for the tiles and for
// transposing.

#include "packing.h"

/// All of C, from operands as they lie (B's columns adjacent).
static void NN_NAME(multiply_block)(
    const NN_NAME(tile_shape) *s, size_t m, size_t n, const float *a, const float *b, float *c) {
  NN_NAME(bands) bands = NN_NAME(bands_of)(m);
  for (size_t j = 0; j < n; j += NN_PANEL) {
    size_t columns = n - j < NN_PANEL ? n - j : NN_PANEL;
    size_t vectors = columns > NN_WIDTH ? 2 : 1;
    size_t tail = columns - (vectors - 1) * NN_WIDTH;
    const float *row = s->row ? s->row + j : (const float *)0;
    size_t i = 0;
    for (size_t band = 0; band < bands.count; band++) {
      size_t rows = NN_NAME(band_height)(&bands, band);
      NN_NAME(tiles)[rows - 1][vectors - 1][tail != NN_WIDTH](
          s, tail, a + (ptrdiff_t)i * s->a_row, b + j, c + (ptrdiff_t)i * s->c_row + j, row, 0);
      i += rows;
    }
  }
}

/// One column from rows that lie together: the lanes are rows, sixteen at a time.
static void NN_NAME(multiply_column)(const nn_product *p) {
  size_t whole = p->k & ~(size_t)7;
  size_t i = 0;
  for (; i + 16 <= p->m; i += 16) {
    NN_EIGHT sums[2];
    float starts[16];
    for (int r = 0; r < 16; r++)
      starts[r] = p->start == NN_FROM_ZERO  ? 0
                  : p->start == NN_FROM_ROW ? p->row[0]
                                            : p->c[(ptrdiff_t)(i + (size_t)r) * p->c_row];
    sums[0] = NN_EIGHT_LOAD(starts);
    sums[1] = NN_EIGHT_LOAD(starts + 8);
    const float *a = p->a + (ptrdiff_t)i * p->a_row;
    for (size_t q = 0; q < whole; q += 8) {
      NN_EIGHT first[8], second[8];
      NN_NAME(load_transposed)(a + q, p->a_row, first);
      NN_NAME(load_transposed)(a + q + 8 * p->a_row, p->a_row, second);
      NN_EACH (int j = 0; j < 8; j++) {
        NN_EIGHT b = NN_EIGHT_BROADCAST(p->b[(ptrdiff_t)(q + (size_t)j) * p->b_row]);
        sums[0] = NN_EIGHT_FMA(first[j], b, sums[0]);
        sums[1] = NN_EIGHT_FMA(second[j], b, sums[1]);
      }
    }
    NN_EIGHT_STORE(starts, sums[0]);
    NN_EIGHT_STORE(starts + 8, sums[1]);
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

/// A band of A after the other, times the panels of B one after the other: `rows` rows of C.
static void NN_NAME(multiply_bands)(
    const nn_product *p, const NN_NAME(tile_shape) *s, size_t rows, size_t columns, const float *a,
    const float *b, float *c, const float *row) {
  NN_NAME(bands) bands = NN_NAME(bands_of)(rows);
  for (size_t j = 0; j < columns; j += NN_PANEL) {
    size_t width = columns - j < NN_PANEL ? columns - j : NN_PANEL;
    size_t vectors = width > NN_WIDTH ? 2 : 1;
    size_t tail = width - (vectors - 1) * NN_WIDTH;
    size_t i = 0;
    for (size_t band = 0; band < bands.count; band++) {
      size_t height = NN_NAME(band_height)(&bands, band);
      float *here = c + (ptrdiff_t)i * p->c_row + j;
      const float *next =
          band + 1 < bands.count ? here + (ptrdiff_t)height * p->c_row : c + j + NN_PANEL;
      NN_NAME(packed_tiles)[height - 1][vectors - 1][tail != NN_WIDTH](
          s, tail, a + i * s->k, b + j * s->k, here, row ? row + j : row, next);
      i += height;
    }
  }
}

/// Large products: blocks of B and A are copied to where the tiles read them in order. A block of A
/// stays in the second cache while all panels of B pass by.
static void NN_NAME(multiply_packed)(const nn_product *p) {
  enum { inner = NN_BLOCK_INNER, high = NN_BLOCK_ROWS * NN_TILE_ROWS, wide = NN_BLOCK_COLUMNS };
  // Blocks of nearly equal depth: C is read and written once for each.
  size_t blocks = (p->k + inner - 1) / inner;
  size_t deepest = ((p->k + blocks - 1) / blocks + 7) & ~(size_t)7;
  size_t widest = p->n < wide ? p->n : wide;
  float *b = nn_scratch(0, (widest + NN_PANEL - 1) / NN_PANEL * NN_PANEL * deepest);
  float *a = nn_scratch(1, (size_t)high * deepest);
  for (size_t j = 0; j < p->n; j += wide) {
    size_t columns = p->n - j < wide ? p->n - j : wide;
    for (size_t q = 0; q < p->k; q += deepest) {
      size_t depth = p->k - q < deepest ? p->k - q : deepest;
      NN_NAME(pack_second)(
          depth, columns, p->b + (ptrdiff_t)q * p->b_row + (ptrdiff_t)j * p->b_column, p->b_row,
          p->b_column, b);
      NN_NAME(tile_shape) s = {
          .c_row = p->c_row, .k = depth, .start = q == 0 ? p->start : NN_FROM_OUTPUT};
      for (size_t i = 0; i < p->m; i += high) {
        size_t rows = p->m - i < high ? p->m - i : high;
        NN_NAME(bands) bands = NN_NAME(bands_of)(rows);
        NN_NAME(pack_bands)(
            &bands, depth, p->a + (ptrdiff_t)i * p->a_row + (ptrdiff_t)q * p->a_column, p->a_row,
            p->a_column, a);
        NN_NAME(multiply_bands)(
            p, &s, rows, columns, a, b, p->c + (ptrdiff_t)i * p->c_row + j,
            p->row ? p->row + j : p->row);
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
