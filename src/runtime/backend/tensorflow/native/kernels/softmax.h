// Softmax over the columns of rows. Results may lie in the memory of any operand.
#pragma once

#include <cstdint>

namespace nasc {

/** y = softmax(x / temperature) */
void softmax(const float* x, float* y, double temperature, int64_t rows, int64_t columns);

/** dx = y * (dy - sum(y * dy)) / temperature */
void softmax_gradient(const float* y, const float* dy, float* dx, double temperature, int64_t rows, int64_t columns);

}  // namespace nasc
