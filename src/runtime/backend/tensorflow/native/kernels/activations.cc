#include "activations.h"

#include "blocks.h"
#include "exponential.h"

namespace nasc {

void relu(const float* x, float* y, int64_t count) {
  for_elements(count, [=](int64_t begin, int64_t end) {
    NASC_SAME_PLACE
    for (int64_t i = begin; i < end; i++) y[i] = x[i] > 0 ? x[i] : 0;
  });
}

void relu_gradient(const float* dy, const float* y, float* dx, int64_t count) {
  for_elements(count, [=](int64_t begin, int64_t end) {
    NASC_SAME_PLACE
    for (int64_t i = begin; i < end; i++) {
      const float slope = dy[i];
      dx[i] = y[i] > 0 ? slope : 0;
    }
  });
}

namespace {

constexpr float root_of_two_over_pi = 0.7978845608f;
constexpr float cubic = 0.044715f;

float clipped(float x, float low, float high) { return x < low ? low : (x > high ? high : x); }
float hard(float x) { return clipped(x + 3, 0, 6) * (1.0f / 6); }
float inner(float x) { return root_of_two_over_pi * (x + cubic * x * x * x); }

/** One function with its slope; `apply` gets them as a type, so that its loop has no branch. */
struct Relu6 {
  static float value(float x) { return clipped(x, 0, 6); }
  static float slope(float x) { return x > 0 && x < 6 ? 1.0f : 0.0f; }
};
struct Swish {
  static float value(float x) { return x * sigmoid(x); }
  static float slope(float x) {
    const float s = sigmoid(x);
    return s * (1 + x * (1 - s));
  }
};
struct Hswish {
  static float value(float x) { return x * hard(x); }
  static float slope(float x) { return x <= -3 ? 0.0f : (x >= 3 ? 1.0f : (2 * x + 3) * (1.0f / 6)); }
};
struct Hsigmoid {
  static float value(float x) { return hard(x); }
  static float slope(float x) { return x > -3 && x < 3 ? 1.0f / 6 : 0.0f; }
};
struct Sigmoid {
  static float value(float x) { return sigmoid(x); }
  static float slope(float x) {
    const float s = sigmoid(x);
    return s * (1 - s);
  }
};
struct Tanh {
  static float value(float x) { return hyperbolic_tangent(x); }
  static float slope(float x) {
    const float t = hyperbolic_tangent(x);
    return 1 - t * t;
  }
};
struct Gelu {
  static float value(float x) { return x * normal_below(x); }
  static float slope(float x) { return normal_below(x) + x * normal_density(x); }
};
struct GeluTanh {
  static float value(float x) { return 0.5f * x * (1 + hyperbolic_tangent(inner(x))); }
  static float slope(float x) {
    const float t = hyperbolic_tangent(inner(x));
    return 0.5f * (1 + t) + 0.5f * x * (1 - t * t) * root_of_two_over_pi * (1 + 3 * cubic * x * x);
  }
};

/** Calls `body` with the type of a function. */
template <typename Body>
void with_function(Activation function, Body&& body) {
  switch (function) {
    case Activation::relu6: return body(Relu6());
    case Activation::swish: return body(Swish());
    case Activation::hswish: return body(Hswish());
    case Activation::hsigmoid: return body(Hsigmoid());
    case Activation::sigmoid: return body(Sigmoid());
    case Activation::tanh: return body(Tanh());
    case Activation::gelu: return body(Gelu());
    case Activation::gelu_tanh: return body(GeluTanh());
  }
}

}  // namespace

void activate(Activation function, const float* x, float* y, int64_t count) {
  with_function(function, [=](auto f) {
    for_elements(count, [=](int64_t begin, int64_t end) {
      NASC_SAME_PLACE
      for (int64_t i = begin; i < end; i++) y[i] = f.value(x[i]);
    });
  });
}

void activation_gradient(Activation function, const float* dy, const float* x, float* dx, int64_t count) {
  with_function(function, [=](auto f) {
    for_elements(count, [=](int64_t begin, int64_t end) {
      NASC_SAME_PLACE
      for (int64_t i = begin; i < end; i++) dx[i] = dy[i] * f.slope(x[i]);
    });
  });
}

}  // namespace nasc
