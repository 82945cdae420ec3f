// Updates of variables where they lie.
#pragma once

#include <cstdint>

namespace nasc {

/** variable = (1 - momentum) * variable + momentum * factor * value */
void moving_average(float* variable, const float* value, double momentum, double factor, int64_t count);

struct Sgd {
  float rate, clip, momentum, decay;
  bool nesterov;
};

void sgd(float* variable, float* velocity, const float* gradient, const Sgd& settings, int64_t count);

struct Adam {
  double rate, step, clip, beta1, beta2, epsilon, decay;
};

/** Kingma and Ba, ICLR 2015, with the decay added to the gradient. */
void adam(float* variable, float* first, float* second, const float* gradient, const Adam& settings, int64_t count);

}  // namespace nasc
