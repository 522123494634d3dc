// Kernels that need no instruction set.

#define NN_NAME(name) nn_portable_##name
#define NN_FLOATS 4

#include "kernels.h"
#include "fused.h"
#include "maps.h"
#include "squares.h"
#include "reflections.h"
#include "sums.h"
#include "rows.h"
#include "extremes.h"
#include "optimizers.h"

static void NN_NAME(multiply)(const nn_product *p) {
  for (size_t i = 0; i < p->m; i++) {
    float *c = p->c + (ptrdiff_t)i * p->c_row;
    if (p->start == NN_FROM_ZERO)
      for (size_t j = 0; j < p->n; j++) c[j] = 0;
    else if (p->start == NN_FROM_ROW)
      for (size_t j = 0; j < p->n; j++) c[j] = p->row[j];
    for (size_t q = 0; q < p->k; q++) {
      float a = p->a[(ptrdiff_t)i * p->a_row + (ptrdiff_t)q * p->a_column];
      const float *b = p->b + (ptrdiff_t)q * p->b_row;
      ptrdiff_t step = p->b_column;
      if (step == 1) {
        NN_VECTOR_LOOP
        for (size_t j = 0; j < p->n; j++) c[j] = nn_fused(a, b[j], c[j]);
      } else {
        for (size_t j = 0; j < p->n; j++) c[j] = nn_fused(a, b[(ptrdiff_t)j * step], c[j]);
      }
    }
    if (!NN_IS_IDENTITY(p->epilogue)) NN_NAME(map)(p->epilogue, p->n, 0, c, c);
  }
}

#include "shifted.h"
#include "table.h"
