#include "optimisers.h"

#include <cmath>

#include "blocks.h"

namespace nasc {

void moving_average(float* variable, const float* value, double momentum, double factor, int64_t count) {
  const auto kept = static_cast<float>(1 - momentum), taken = static_cast<float>(momentum * factor);
  for_elements(count, [=](int64_t begin, int64_t end) {
    NASC_SAME_PLACE
    for (int64_t i = begin; i < end; i++) variable[i] = kept * variable[i] + taken * value[i];
  });
}

void sgd(float* variable, float* velocity, const float* gradient, const Sgd& settings, int64_t count) {
  const float rate = settings.rate, clip = settings.clip, momentum = settings.momentum, decay = settings.decay;
  // The step is ahead * speed + behind * slope.
  const float ahead = settings.nesterov ? momentum : 1.0f, behind = settings.nesterov ? 1.0f : 0.0f;
  for_elements(count, [=](int64_t begin, int64_t end) {
    NASC_SAME_PLACE
    for (int64_t i = begin; i < end; i++) {
      const float slope = clip * gradient[i] + decay * variable[i];
      const float speed = momentum * velocity[i] + slope;
      velocity[i] = speed;
      variable[i] -= rate * (ahead * speed + behind * slope);
    }
  });
}

void adam(float* variable, float* first, float* second, const float* gradient, const Adam& settings, int64_t count) {
  const auto kept1 = static_cast<float>(settings.beta1), taken1 = static_cast<float>(1 - settings.beta1);
  const auto kept2 = static_cast<float>(settings.beta2), taken2 = static_cast<float>(1 - settings.beta2);
  const auto clip = static_cast<float>(settings.clip), decay = static_cast<float>(settings.decay);
  const auto epsilon = static_cast<float>(settings.epsilon);
  const auto pace = static_cast<float>(settings.rate / (1 - std::pow(settings.beta1, settings.step)));
  const auto unbiased = static_cast<float>(1 / (1 - std::pow(settings.beta2, settings.step)));
  for_elements(count, [=](int64_t begin, int64_t end) {
    NASC_SAME_PLACE
    for (int64_t i = begin; i < end; i++) {
      const float slope = clip * gradient[i] + decay * variable[i];
      const float mean = kept1 * first[i] + taken1 * slope;
      const float square = kept2 * second[i] + taken2 * slope * slope;
      first[i] = mean;
      second[i] = square;
      variable[i] -= pace * mean / (std::sqrt(square * unbiased) + epsilon);
    }
  });
}

}  // namespace nasc
