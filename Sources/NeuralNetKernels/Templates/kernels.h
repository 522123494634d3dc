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

// Not in the table, so that a module that never asks for them does not hold them.
#define NN_OUTSIDE_TABLE(NAME)                                                                    \
  void NAME##_square(size_t, size_t, const double *, double *);                                   \
  void NAME##_step_root_mean_square(                                                              \
      size_t, nn_root_mean_square, const float *, float *, float *, float *, float *);            \
  void NAME##_step_adagrad(size_t, nn_adagrad, const float *, float *, float *);
NN_OUTSIDE_TABLE(nn_portable)
NN_OUTSIDE_TABLE(nn_avx2)
NN_OUTSIDE_TABLE(nn_avx512)

/// Memory of this thread that lives until the thread ends; asking for slot 0 or 1 again may move it.
float *nn_scratch(int slot, size_t count);

#endif
