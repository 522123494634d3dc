// Maps for a module: two loops for each function, which the linker leaves out where no cell calls
// them, and few loops for everything else.

#define NN_FUNCTION_LOOPS(NAME, VALUE, FLOW, LOOP)                                        \
  static void nn_map_##NAME(size_t n, float parameter, const float *x, float *y) {        \
    LOOP                                                                                  \
    for (size_t i = 0; i < n; i++) {                                                      \
      float v = x[i];                                                                     \
      y[i] = VALUE;                                                                       \
    }                                                                                     \
  }                                                                                       \
  static void nn_flow_##NAME(                                                             \
      size_t n, float parameter, const float *x, const float *y, const float *dy,         \
      float *flow) {                                                                      \
    LOOP                                                                                  \
    for (size_t i = 0; i < n; i++) {                                                      \
      float v = x[i], w = y[i], g = dy[i];                                                \
      (void)v, (void)w, (void)g;                                                          \
      flow[i] = FLOW;                                                                     \
    }                                                                                     \
  }                                                                                       \
  static const nn_loops nn_loops_##NAME = {nn_map_##NAME, nn_flow_##NAME};                \
  const nn_function NN_##NAME = {&nn_loops_##NAME};
#define NN_COMMON_FUNCTION(NAME, VALUE, FLOW) NN_FUNCTION_LOOPS(NAME, VALUE, FLOW, NN_VECTOR_LOOP)
#define NN_RARE_FUNCTION(NAME, VALUE, FLOW) NN_FUNCTION_LOOPS(NAME, VALUE, FLOW, NN_RARE_LOOP)
NN_EACH_FUNCTION(NN_COMMON_FUNCTION, NN_RARE_FUNCTION)

static void NN_NAME(map)(
    nn_function function, size_t n, float parameter, const float *x, float *y) {
  function.loops->map(n, parameter, x, y);
}

static void NN_NAME(map_gradient)(
    nn_function function, size_t n, float parameter, const float *x, const float *y,
    const float *dy, float *dx, bool accumulate) {
  if (!accumulate) {
    function.loops->flow(n, parameter, x, y, dy, dx);
    return;
  }
  float flow[128];
  while (n > 0) {
    size_t count = n < 128 ? n : 128;
    function.loops->flow(count, parameter, x, y, dy, flow);
    NN_VECTOR_LOOP
    for (size_t i = 0; i < count; i++) dx[i] += flow[i];
    n -= count, x += count, y += count, dy += count, dx += count;
  }
}

NN_INLINE float nn_combined(nn_operator op, float p, float q) {
  switch (op) {
    case NN_PLUS: return p + q;
    case NN_MINUS: return p - q;
    case NN_TIMES: return p * q;
    case NN_OVER: return p / q;
    case NN_MAXIMUM: return p >= q || p != p ? p : q;
    case NN_MINIMUM: return p <= q || p != p ? p : q;
  }
}

static void NN_NAME(combine)(
    nn_operator op, size_t n, const float *a, size_t a_stride, const float *b, size_t b_stride,
    float *y) {
  if (a_stride && b_stride && op == NN_PLUS) {
    NN_VECTOR_LOOP
    for (size_t i = 0; i < n; i++) y[i] = a[i] + b[i];
  } else if (a_stride && b_stride && op == NN_MINUS) {
    NN_VECTOR_LOOP
    for (size_t i = 0; i < n; i++) y[i] = a[i] - b[i];
  } else if (a_stride && b_stride && op == NN_TIMES) {
    NN_VECTOR_LOOP
    for (size_t i = 0; i < n; i++) y[i] = a[i] * b[i];
  } else {
    // One value repeated is read first: `y` may be where it stands.
    float first = n ? a[0] : 0, second = n ? b[0] : 0;
    for (size_t i = 0; i < n; i++)
      y[i] = nn_combined(op, a_stride ? a[i] : first, b_stride ? b[i] : second);
  }
}
