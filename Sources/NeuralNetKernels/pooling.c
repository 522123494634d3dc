// The largest values of windows over images.

#include "Templates/kernels.h"
#include "Templates/elementary.h"

/// A window whose sizes are constants needs no loop.
NN_INLINE void window(
    size_t rows, size_t columns, size_t width, size_t start, const float *x, float *y,
    uint32_t *place) {
  float best = x[start];
  size_t at = start;
  for (size_t i = 0; i < rows; i++)
    for (size_t j = 0; j < columns; j++) {
      size_t candidate = start + i * width + j;
      float value = x[candidate];
      // True of a larger value and of a NaN, false once a NaN was found.
      int better = !(value <= best) & (best == best);
      best = better ? value : best;
      at = better ? candidate : at;
    }
  *y = best;
  *place = (uint32_t)at;
}

void nn_pool_largest(const nn_pooling *s, const float *x, float *y, void *taken) {
  uint32_t *places = taken;
  bool is_inside = s->padding_height == 0 && s->padding_width == 0 &&
                   (s->out_height - 1) * s->stride_height + s->kernel_height <= s->height &&
                   (s->out_width - 1) * s->stride_width + s->kernel_width <= s->width;
  bool is_small = is_inside && s->kernel_height == 2 && s->kernel_width == 2;
  for (size_t plane = 0; plane < s->planes; plane++, x += s->height * s->width)
    for (size_t i = 0; i < s->out_height; i++) {
      ptrdiff_t top = (ptrdiff_t)(i * s->stride_height) - (ptrdiff_t)s->padding_height;
      size_t first = top < 0 ? 0 : (size_t)top;
      size_t end = (size_t)(top + (ptrdiff_t)s->kernel_height);
      if (end > s->height) end = s->height;
      if (is_small) {
        for (size_t j = 0; j < s->out_width; j++)
          window(2, 2, s->width, first * s->width + j * s->stride_width, x, y++, places++);
        continue;
      }
      for (size_t j = 0; j < s->out_width; j++) {
        ptrdiff_t left = (ptrdiff_t)(j * s->stride_width) - (ptrdiff_t)s->padding_width;
        size_t start = left < 0 ? 0 : (size_t)left;
        size_t stop = (size_t)(left + (ptrdiff_t)s->kernel_width);
        if (stop > s->width) stop = s->width;
        window(end - first, stop - start, s->width, first * s->width + start, x, y++, places++);
      }
    }
}

void nn_pool_largest_gradient(
    const nn_pooling *s, const float *dy, const void *taken, float *dx) {
  const uint32_t *places = taken;
  size_t count = s->out_height * s->out_width;
  for (size_t plane = 0; plane < s->planes; plane++, dx += s->height * s->width)
    for (size_t i = 0; i < count; i++) dx[*places++] += *dy++;
}
