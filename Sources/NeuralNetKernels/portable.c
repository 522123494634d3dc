#define NN_NAME(name) nn_portable_##name

#include "Templates/kernels.h"
#include "Templates/fused.h"
#include "Templates/maps.h"
#include "Templates/squares.h"
#include "Templates/sums.h"
#include "Templates/optimizers.h"

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
    if (p->epilogue != NN_IDENTITY) NN_NAME(map)(p->epilogue, p->n, 0, c, c);
  }
}

#include "Templates/table.h"
