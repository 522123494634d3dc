// Maps with a loop for every function and every way of calling it.

#define NN_MAP_CASE(NAME, VALUE, FLOW)    \
  case NN_##NAME:                         \
    NN_VECTOR_LOOP                        \
    for (size_t i = 0; i < n; i++) {      \
      float v = x[i];                     \
      y[i] = VALUE;                       \
    }                                     \
    break;

static void NN_NAME(map)(
    nn_function function, size_t n, float parameter, const float *x, float *y) {
  switch (function) { NN_EACH_FUNCTION(NN_MAP_CASE, NN_MAP_CASE) }
}

#define NN_FLOW_CASE(NAME, VALUE, FLOW)           \
  case NN_##NAME:                                 \
    if (accumulate) {                             \
      NN_VECTOR_LOOP                              \
      for (size_t i = 0; i < n; i++) {            \
        float v = x[i], w = y[i], g = dy[i];      \
        (void)v, (void)w, (void)g;                \
        dx[i] += FLOW;                            \
      }                                           \
    } else {                                      \
      NN_VECTOR_LOOP                              \
      for (size_t i = 0; i < n; i++) {            \
        float v = x[i], w = y[i], g = dy[i];      \
        (void)v, (void)w, (void)g;                \
        dx[i] = FLOW;                             \
      }                                           \
    }                                             \
    break;

static void NN_NAME(map_gradient)(
    nn_function function, size_t n, float parameter, const float *x, const float *y,
    const float *dy, float *dx, bool accumulate) {
  switch (function) { NN_EACH_FUNCTION(NN_FLOW_CASE, NN_FLOW_CASE) }
}

#define NN_COMBINE_LOOP(VALUE)           \
  NN_VECTOR_LOOP                         \
  for (size_t i = 0; i < n; i++) {       \
    float p = A, q = B;                  \
    y[i] = VALUE;                        \
  }                                      \
  break;

#define NN_COMBINE_SWITCH                                        \
  switch (op) {                                                  \
    case NN_PLUS: NN_COMBINE_LOOP(p + q)                         \
    case NN_MINUS: NN_COMBINE_LOOP(p - q)                        \
    case NN_TIMES: NN_COMBINE_LOOP(p * q)                        \
    case NN_OVER: NN_COMBINE_LOOP(p / q)                         \
    case NN_MAXIMUM: NN_COMBINE_LOOP(p >= q || p != p ? p : q)   \
    case NN_MINIMUM: NN_COMBINE_LOOP(p <= q || p != p ? p : q)   \
  }

static void NN_NAME(combine)(
    nn_operator op, size_t n, const float *a, size_t a_stride, const float *b, size_t b_stride,
    float *y) {
  if (n == 0) return;
  if (a_stride && b_stride) {
#define A a[i]
#define B b[i]
    NN_COMBINE_SWITCH
#undef A
#undef B
  } else if (a_stride) {
    float second = b[0];
#define A a[i]
#define B second
    NN_COMBINE_SWITCH
#undef A
#undef B
  } else if (b_stride) {
    float first = a[0];
#define A first
#define B b[i]
    NN_COMBINE_SWITCH
#undef A
#undef B
  } else {
    float first = a[0], second = b[0];
#define A first
#define B second
    NN_COMBINE_SWITCH
#undef A
#undef B
  }
}
