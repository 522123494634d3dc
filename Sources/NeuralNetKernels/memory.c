// Memory of the engine, and the state that each thread has.

#include "Templates/kernels.h"

#if defined(__wasm__)
// wasm_memory.c has these two.
extern int posix_memalign(void **memory, size_t alignment, size_t size);
extern void free(void *memory);
#else
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#endif

static _Thread_local nn_context context;

nn_context *nn_current_context(void) { return &context; }

static _Thread_local struct {
  float *memory;
  size_t count;
} scratch[2];

float *nn_scratch(int slot, size_t count) {
  if (scratch[slot].count < count) {
    void *memory = 0;
    free(scratch[slot].memory);
    if (posix_memalign(&memory, 64, count * sizeof(float)) != 0) __builtin_trap();
    scratch[slot].memory = memory;
    scratch[slot].count = count;
  }
  return scratch[slot].memory;
}

void nn_fill(size_t n, float value, float *y) {
  for (size_t i = 0; i < n; i++) y[i] = value;
}

void nn_copy(size_t n, const float *x, float *y) { __builtin_memmove(y, x, n * sizeof(float)); }

#if !defined(__wasm__)
void nn_flush_output(void) { fflush(NULL); }
#endif
