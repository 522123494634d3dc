// Convolutions of batches of images, without the columns that each window sees ever being written: they
// are shifted views of the padded image, and a product takes its rows from where they begin.
//
// An image is cut into phases where windows move by more than one place: phase (0, 1) of stride 2 holds
// every second row and column, from column 1 on. Within a phase each place of the kernel is a constant
// shift. Outputs are computed in rows as wide as a phase, and what hangs over the end is left behind.

#include "Templates/kernels.h"
#include "Templates/elementary.h"

typedef nn_convolution shape;

enum { slot_image = 2, slot_result, slot_gradient, slot_weight, slot_shifts };

static size_t quotient_up(size_t a, size_t b) { return (a + b - 1) / b; }

/// The sizes of one phase of a padded image.
typedef struct {
  size_t rows, width, size;
} phase;

static phase phase_of(const shape *s) {
  phase p;
  p.rows = quotient_up(s->height + 2 * s->padding_height, s->stride_height);
  p.width = quotient_up(s->width + 2 * s->padding_width, s->stride_width);
  p.size = p.rows * p.width;
  return p;
}

static size_t phase_count(const shape *s) { return s->stride_height * s->stride_width; }

static size_t cells(const shape *s) { return s->kernel_height * s->kernel_width; }

/// Output places in rows as wide as a phase, up to the last that counts.
static size_t places_in_rows(const shape *s, size_t width) {
  return s->out_height == 0 || s->out_width == 0 ? 0 : (s->out_height - 1) * width + s->out_width;
}

static ptrdiff_t *shift_list(size_t count) {
  return (ptrdiff_t *)(void *)nn_scratch(slot_shifts, count * (sizeof(ptrdiff_t) / sizeof(float)));
}

/// Where each place of the kernel, channel by channel, begins in the phases.
static const ptrdiff_t *forward_shifts(const shape *s, phase p) {
  ptrdiff_t *shifts = shift_list(s->channels * cells(s));
  size_t next = 0;
  for (size_t c = 0; c < s->channels; c++)
    for (size_t u = 0; u < s->kernel_height; u++)
      for (size_t v = 0; v < s->kernel_width; v++) {
        size_t row = u * s->dilation_height, column = v * s->dilation_width;
        size_t which = row % s->stride_height * s->stride_width + column % s->stride_width;
        shifts[next++] = (ptrdiff_t)(
            (c * phase_count(s) + which) * p.size + row / s->stride_height * p.width +
            column / s->stride_width);
      }
  return shifts;
}

/// The image as it is where it has one phase and no padding, else its phases one after the other.
static const float *phases_of(const shape *s, phase p, const float *x) {
  if (phase_count(s) == 1 && s->padding_height == 0 && s->padding_width == 0) return x;
  size_t count = s->channels * phase_count(s) * p.size;
  float *phases = nn_scratch(slot_image, count);
  nn_fill(count, 0, phases);
  for (size_t c = 0; c < s->channels; c++)
    for (size_t i = 0; i < s->height; i++) {
      size_t row = i + s->padding_height;
      const float *from = x + (c * s->height + i) * s->width;
      float *plane = phases + (c * phase_count(s) + row % s->stride_height * s->stride_width) * p.size +
                     row / s->stride_height * p.width;
      if (s->stride_width == 1) {
        nn_copy(s->width, from, plane + s->padding_width);
        continue;
      }
      for (size_t j = 0; j < s->width; j++) {
        size_t column = j + s->padding_width;
        plane[column % s->stride_width * p.size + column / s->stride_width] = from[j];
      }
    }
  return phases;
}

/// Rows that lie `wide` apart, where `values` of each count, from or to rows that lie together.
static void copy_rows(
    size_t rows, size_t values, const float *from, size_t from_wide, float *to, size_t to_wide) {
  for (size_t i = 0; i < rows; i++) nn_copy(values, from + i * from_wide, to + i * to_wide);
}

// ---- Parts, which threads share

typedef struct {
  const shape *s;
  const float *x, *weight, *bias, *dy;
  float *y;
  size_t step;
  bool accumulate;
} work;

static void run(work *w, size_t count, nn_part part) {
  const shape *s = w->s;
  size_t parts = nn_part_count(
      s->batch * s->groups * s->outputs * s->channels * cells(s) * s->out_height * s->out_width);
  w->step = quotient_up(count ? count : 1, parts);
  nn_run_parts(parts, part, w);
}

static size_t end_of(const work *w, size_t part, size_t count) {
  size_t end = (part + 1) * w->step;
  return end < count ? end : count;
}

// ---- Forward

static void forward_image(const work *w, phase p, const ptrdiff_t *shifts, size_t image, size_t group) {
  const shape *s = w->s;
  size_t places = s->out_height * s->out_width, wide = places_in_rows(s, p.width);
  size_t depth = s->channels * cells(s), block = image * s->groups + group;
  float *y = w->y + block * s->outputs * places;
  bool in_place = p.width == s->out_width;
  float *c = in_place ? y : nn_scratch(slot_result, s->outputs * wide);
  for (size_t o = 0; o < s->outputs; o++)
    nn_fill(wide, w->bias ? w->bias[group * s->outputs + o] : 0, c + o * wide);
  nn_shifted_product product = {
      .m = s->outputs, .n = wide, .k = depth,
      .a = w->weight + group * s->outputs * depth, .a_row = (ptrdiff_t)depth,
      .b = phases_of(s, p, w->x + block * s->channels * s->height * s->width),
      .shifts = shifts, .c = c, .c_row = (ptrdiff_t)wide};
  nn_multiply_shifted(&product);
  if (in_place) return;
  for (size_t o = 0; o < s->outputs; o++)
    copy_rows(
        s->out_height, s->out_width, c + o * wide, p.width, y + o * places, s->out_width);
}

static void forward_part(void *context, size_t part) {
  const work *w = context;
  const shape *s = w->s;
  phase p = phase_of(s);
  const ptrdiff_t *shifts = forward_shifts(s, p);
  for (size_t image = part * w->step; image < end_of(w, part, s->batch); image++)
    for (size_t group = 0; group < s->groups; group++) forward_image(w, p, shifts, image, group);
}

void nn_convolve(
    const nn_convolution *s, const float *x, const float *weight, const float *bias, float *y) {
  work w = {.s = s, .x = x, .weight = weight, .bias = bias, .y = y};
  run(&w, s->batch, forward_part);
}

// ---- The weights' gradient

/// All images' part in some of a group's rows of weights, as [place of the kernel][output].
static void weight_rows(const work *w, size_t group, size_t first, size_t count) {
  const shape *s = w->s;
  phase p = phase_of(s);
  size_t places = s->out_height * s->out_width, wide = places_in_rows(s, p.width);
  size_t depth = s->channels * cells(s);
  const ptrdiff_t *shifts = forward_shifts(s, p) + first;
  float *dw = w->y + group * s->outputs * depth + first;
  float *turned = nn_scratch(slot_weight, count * s->outputs);
  if (w->accumulate) nn_transpose(s->outputs, count, dw, depth, turned, s->outputs);
  else nn_fill(count * s->outputs, 0, turned);
  // Output gradients, place by place; zeros where a row hangs over.
  float *dy = nn_scratch(slot_gradient, (wide ? wide : 1) * s->outputs);
  nn_fill(wide * s->outputs, 0, dy);
  for (size_t image = 0; image < s->batch; image++) {
    size_t block = image * s->groups + group;
    const float *gradient = w->dy + block * s->outputs * places;
    for (size_t i = 0; i < s->out_height; i++)
      nn_transpose(
          s->outputs, s->out_width, gradient + i * s->out_width, places,
          dy + i * p.width * s->outputs, s->outputs);
    nn_shifted_product product = {
        .m = count, .n = s->outputs, .k = wide, .rows_shifted = true,
        .a = phases_of(s, p, w->x + block * s->channels * s->height * s->width),
        .shifts = shifts, .b = dy, .b_row = (ptrdiff_t)s->outputs,
        .c = turned, .c_row = (ptrdiff_t)s->outputs};
    nn_multiply_shifted(&product);
  }
  for (size_t o = 0; o < s->outputs; o++)
    for (size_t q = 0; q < count; q++) dw[o * depth + q] = turned[q * s->outputs + o];
}

static void weight_part(void *context, size_t part) {
  const work *w = context;
  size_t depth = w->s->channels * cells(w->s);
  size_t first = part * w->step, end = end_of(w, part, depth);
  if (first >= end) return;
  for (size_t group = 0; group < w->s->groups; group++) weight_rows(w, group, first, end - first);
}

void nn_convolve_weight_gradient(
    const nn_convolution *s, const float *x, const float *dy, float *dw, bool accumulate) {
  work w = {.s = s, .x = x, .dy = dy, .y = dw, .accumulate = accumulate};
  run(&w, s->channels * cells(s), weight_part);
}

// ---- The input's gradient

/// The places of the kernel that see one phase along one axis, and the places of the phase that are of
/// the image.
typedef struct {
  size_t phase, stride, padding, dilation, kernel, size;
  /// The largest distance that a place of the kernel looks back, in places of the phase.
  size_t reach;
  size_t start, count;
} axis;

static axis axis_of(
    size_t which, size_t stride, size_t padding, size_t dilation, size_t kernel, size_t size) {
  axis a = {which, stride, padding, dilation, kernel, size, 0, 0, 0};
  for (size_t u = 0; u < kernel; u++)
    if (u * dilation % stride == which) a.reach = u * dilation / stride;
  a.start = padding > which ? quotient_up(padding - which, stride) : 0;
  size_t end = padding + size > which ? quotient_up(padding + size - which, stride) : 0;
  a.count = end > a.start ? end - a.start : 0;
  return a;
}

static bool sees(const axis *a, size_t place) { return place * a->dilation % a->stride == a->phase; }

/// How far from the start of a phase's part a gradient's place stands, before it is looked back from.
static ptrdiff_t distance(const axis *a, size_t place) {
  return (ptrdiff_t)(place + a->reach) - (ptrdiff_t)a->start;
}

static void input_phase(const work *w, size_t first, size_t end, const axis *h, const axis *v) {
  const shape *s = w->s;
  size_t width = v->count + v->reach, height = h->count + h->reach;
  if (h->count == 0 || v->count == 0) return;
  size_t wide = (h->count - 1) * width + v->count;
  size_t places = s->out_height * s->out_width, area = s->height * s->width;
  size_t depth = s->channels * cells(s);

  // The kernel's places that see the phase, output by output.
  ptrdiff_t *shifts = shift_list(s->outputs * cells(s));
  size_t taps = 0;
  for (size_t o = 0; o < s->outputs; o++)
    for (size_t i = 0; i < s->kernel_height; i++)
      for (size_t j = 0; j < s->kernel_width; j++) {
        if (!sees(h, i) || !sees(v, j)) continue;
        size_t up = h->reach - i * s->dilation_height / s->stride_height;
        size_t left = v->reach - j * s->dilation_width / s->stride_width;
        shifts[taps++] = (ptrdiff_t)((o * height + up) * width + left);
      }
  float *weights = nn_scratch(slot_weight, (taps ? taps : 1) * s->channels);
  float *gradient = nn_scratch(slot_gradient, s->outputs * height * width);
  float *c = nn_scratch(slot_result, s->channels * wide);
  for (size_t group = 0; group < s->groups; group++) {
    size_t next = 0;
    for (size_t c0 = 0; c0 < s->channels; c0++)
      for (size_t o = 0; o < s->outputs; o++)
        for (size_t i = 0; i < s->kernel_height; i++)
          for (size_t j = 0; j < s->kernel_width; j++)
            if (sees(h, i) && sees(v, j))
              weights[next++] = w->weight[(group * s->outputs + o) * depth + c0 * cells(s) +
                                          i * s->kernel_width + j];
    nn_fill(s->outputs * height * width, 0, gradient);
    for (size_t image = first; image < end; image++) {
      size_t block = image * s->groups + group;
      for (size_t o = 0; o < s->outputs; o++)
        for (size_t i = 0; i < s->out_height; i++) {
          ptrdiff_t row = distance(h, i);
          if (row < 0 || row >= (ptrdiff_t)height) continue;
          const float *from = w->dy + (block * s->outputs + o) * places + i * s->out_width;
          float *to = gradient + (o * height + (size_t)row) * width;
          ptrdiff_t column = distance(v, 0);
          size_t skip = column < 0 ? (size_t)-column : 0;
          size_t at = column < 0 ? 0 : (size_t)column;
          if (skip >= s->out_width || at >= width) continue;
          size_t count = s->out_width - skip < width - at ? s->out_width - skip : width - at;
          nn_copy(count, from + skip, to + at);
        }
      nn_fill(s->channels * wide, 0, c);
      nn_shifted_product product = {
          .m = s->channels, .n = wide, .k = taps, .a = weights, .a_row = (ptrdiff_t)taps,
          .b = gradient, .shifts = shifts, .c = c, .c_row = (ptrdiff_t)wide};
      nn_multiply_shifted(&product);
      float *dx = w->y + block * s->channels * area;
      for (size_t c0 = 0; c0 < s->channels; c0++)
        for (size_t i = 0; i < h->count; i++) {
          size_t row = (h->start + i) * s->stride_height + h->phase - s->padding_height;
          size_t column = v->start * s->stride_width + v->phase - s->padding_width;
          const float *from = c + c0 * wide + i * width;
          float *to = dx + c0 * area + row * s->width + column;
          if (s->stride_width == 1 && w->accumulate) nn_add_scaled(v->count, 1, from, to);
          else if (s->stride_width == 1) nn_copy(v->count, from, to);
          else
            for (size_t j = 0; j < v->count; j++)
              to[j * s->stride_width] = w->accumulate ? to[j * s->stride_width] + from[j] : from[j];
        }
    }
  }
}

static void input_part(void *context, size_t part) {
  const work *w = context;
  const shape *s = w->s;
  size_t first = part * w->step, end = end_of(w, part, s->batch);
  if (first >= end) return;
  for (size_t i = 0; i < s->stride_height; i++)
    for (size_t j = 0; j < s->stride_width; j++) {
      axis h = axis_of(
          i, s->stride_height, s->padding_height, s->dilation_height, s->kernel_height, s->height);
      axis v = axis_of(
          j, s->stride_width, s->padding_width, s->dilation_width, s->kernel_width, s->width);
      input_phase(w, first, end, &h, &v);
    }
}

void nn_convolve_input_gradient(
    const nn_convolution *s, const float *weight, const float *dy, float *dx, bool accumulate) {
  work w = {.s = s, .weight = weight, .dy = dy, .y = dx, .accumulate = accumulate};
  run(&w, s->batch, input_part);
}
