#ifndef NN_KERNELS_H
#define NN_KERNELS_H

#include "NeuralNetKernels.h"

/// C[m][n] += A[m][k] B[k][n], one chain of fused multiply-adds for each element. Row i of A, or else row
/// i of B, begins at `shifts[i]`; rows of the other are `a_row`, or `b_row`, apart.
typedef struct {
  size_t m, n, k;
  const float *a;
  ptrdiff_t a_row;
  const float *b;
  ptrdiff_t b_row;
  const ptrdiff_t *shifts;
  bool rows_shifted;
  float *c;
  ptrdiff_t c_row;
} nn_shifted_product;

void nn_multiply_shifted(const nn_shifted_product *product);

/// y[j][i] = x[i][j], where rows are `x_row` and `y_row` apart.
void nn_transpose(
    size_t rows, size_t columns, const float *x, size_t x_row, float *y, size_t y_row);

/// What one instruction set provides.
typedef struct {
  void (*map)(nn_function, size_t, float, const float *, float *);
  void (*map_gradient)(
      nn_function, size_t, float, const float *, const float *, const float *, float *, bool);
  void (*combine)(
      nn_operator, size_t, const float *, size_t, const float *, size_t, float *);
  void (*multiply_add)(size_t, const float *, size_t, const float *, size_t, float *);
  void (*add_scaled)(size_t, float, const float *, float *);
  void (*scaled_difference)(size_t, float, const float *, const float *, float *, bool);
  float (*sum)(size_t, const float *);
  float (*sum_of_products)(size_t, const float *, const float *);
  float (*sum_of_squared_differences)(size_t, const float *, const float *);
  void (*sum_columns)(size_t, size_t, const float *, float *, bool);
  void (*sum_columns_of_products)(
      size_t, size_t, const float *, const float *, float *, bool);
  bool (*all_finite)(size_t, const float *);
  void (*step_momentum)(size_t, nn_momentum, const float *, float *, float *);
  void (*step_adam)(size_t, nn_adam, const float *, float *, float *, float *);
  void (*multiply)(const nn_product *);
} nn_kernels;

extern const nn_kernels nn_portable_kernels;
extern const nn_kernels nn_avx2_kernels;
extern const nn_kernels nn_avx512_kernels;
extern const nn_kernels nn_neon_kernels;

// Not in the table, so that a module that never asks for them does not hold them.
#define NN_OUTSIDE_TABLE(NAME)                                                                    \
  void NAME##_square(size_t, size_t, const double *, double *);                                   \
  void NAME##_step_root_mean_square(                                                              \
      size_t, nn_root_mean_square, const float *, float *, float *, float *, float *);            \
  void NAME##_step_adagrad(size_t, nn_adagrad, const float *, float *, float *);                  \
  void NAME##_add_rows(size_t, size_t, size_t, const double *, const double *, double *);         \
  void NAME##_take_off_outer(size_t, size_t, size_t, const double *, const double *, double *);   \
  void NAME##_dot_rows(size_t, size_t, size_t, const double *, const double *, double *);         \
  void NAME##_rotate_rows(size_t, size_t, size_t, const double *, const double *, double *);      \
  size_t NAME##_extreme(bool, size_t, const float *);                                             \
  void NAME##_extremes(bool, size_t, size_t, const float *, float *, void *);                     \
  void NAME##_softmax_rows(size_t, size_t, const float *, float *);                               \
  void NAME##_softmax_rows_gradient(size_t, size_t, const float *, const float *, float *);       \
  void NAME##_take_off_largest(size_t, size_t, const float *, float *);                           \
  void NAME##_sum_rows(size_t, size_t, const float *, float *);                                   \
  void NAME##_sum_rows_of_products(size_t, size_t, const float *, const float *, float *);        \
  void NAME##_combine_rows(                                                                       \
      nn_operator, size_t, size_t, const float *, const float *, float *);                        \
  void NAME##_multiply_shifted(const nn_shifted_product *);                                       \
  void NAME##_transpose(size_t, size_t, const float *, size_t, float *, size_t);
NN_OUTSIDE_TABLE(nn_portable)
NN_OUTSIDE_TABLE(nn_avx2)
NN_OUTSIDE_TABLE(nn_avx512)
NN_OUTSIDE_TABLE(nn_neon)

/// Memory of this thread that lives until the thread ends; asking for a slot again may move it. Products
/// use slots 0 and 1, convolutions the others.
float *nn_scratch(int slot, size_t count);

#endif
