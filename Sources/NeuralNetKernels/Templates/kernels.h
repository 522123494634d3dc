#ifndef NN_KERNELS_H
#define NN_KERNELS_H

#include "NeuralNetKernels.h"

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
  bool (*all_finite)(size_t, const float *);
  void (*step_momentum)(size_t, nn_momentum, const float *, float *, float *);
  void (*step_adam)(size_t, nn_adam, const float *, float *, float *, float *);
  void (*multiply)(const nn_product *);
} nn_kernels;

extern const nn_kernels nn_portable_kernels;
extern const nn_kernels nn_avx2_kernels;
extern const nn_kernels nn_avx512_kernels;

// Not in the table, so that a module that never asks for them does not hold them.
void nn_portable_square(size_t rows, size_t columns, const double *x, double *y);
void nn_avx2_square(size_t rows, size_t columns, const double *x, double *y);
void nn_avx512_square(size_t rows, size_t columns, const double *x, double *y);

/// Memory of this thread that lives until the thread ends; asking for slot 0 or 1 again may move it.
float *nn_scratch(int slot, size_t count);

#endif
