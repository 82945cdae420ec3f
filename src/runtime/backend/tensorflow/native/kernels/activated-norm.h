#pragma once

#include <cstdint>
#include <vector>

namespace nasc {

/** max(0, batch norm of x) as max(0, x * factor + offset), channel by channel. */
struct ActivatedNorm {
  std::vector<float> factor, offset;

  /** `scale` and `shift` may be null. */
  ActivatedNorm(const float* mean, const float* inverse, const float* scale, const float* shift, int64_t channels);

  void apply(const float* x, int64_t pixels, float* to) const;
};

}  // namespace nasc
