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
#include <sys/mman.h>
#endif

static _Thread_local nn_context context;

nn_context *nn_current_context(void) { return &context; }

float *nn_allocate(size_t count) {
  if (count > SIZE_MAX / 2 / sizeof(float)) return 0;
  size_t size = (count ? count : 1) * sizeof(float);
  size_t alignment = 64;
  void *memory = 0;
#if defined(MADV_HUGEPAGE)
  // A large product walks through more small pages than the processor remembers.
  enum { huge_page = 2 << 20 };
  if (size >= 2 * huge_page) alignment = huge_page;
#endif
  if (posix_memalign(&memory, alignment, size) != 0) return 0;
#if defined(MADV_HUGEPAGE)
  if (alignment == huge_page) madvise(memory, size, MADV_HUGEPAGE);
#endif
  return memory;
}

void nn_release(float *memory) { free(memory); }

static _Thread_local struct {
  float *memory;
  size_t count;
} scratch[2];

float *nn_scratch(int slot, size_t count) {
  if (scratch[slot].count < count) {
    free(scratch[slot].memory);
    scratch[slot].memory = nn_allocate(count);
    if (!scratch[slot].memory) __builtin_trap();
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
