#pragma once

#include <cstdint>

namespace nasc {

/** y = max(0, x); y may be x. */
void relu(const float* x, float* y, int64_t count);

/** dx = dy where y > 0, else 0; dx may be dy or y. */
void relu_gradient(const float* dy, const float* y, float* dx, int64_t count);

}  // namespace nasc
