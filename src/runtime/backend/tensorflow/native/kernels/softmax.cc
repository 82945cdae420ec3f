#include "softmax.h"

#include <algorithm>
#include <cmath>

#include "blocks.h"

namespace nasc {

void softmax(const float* x, float* y, double temperature, int64_t rows, int64_t columns) {
  for_rows(rows, columns, [=](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; row++) {
      const float* from = x + row * columns;
      float* to = y + row * columns;
      const double largest = *std::max_element(from, from + columns);
      double sum = 0;
      for (int64_t i = 0; i < columns; i++) {
        const double power = std::exp((from[i] - largest) / temperature);
        sum += power;
        to[i] = static_cast<float>(power);
      }
      const auto share = static_cast<float>(1 / sum);
      for (int64_t i = 0; i < columns; i++) to[i] *= share;
    }
  });
}

void softmax_gradient(const float* y, const float* dy, float* dx, double temperature, int64_t rows, int64_t columns) {
  const auto factor = static_cast<float>(1 / temperature);
  for_rows(rows, columns, [=](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; row++) {
      const float *chances = y + row * columns, *slopes = dy + row * columns;
      double sum = 0;
      for (int64_t i = 0; i < columns; i++) sum += static_cast<double>(chances[i]) * slopes[i];
      const auto mean = static_cast<float>(sum);
      float* to = dx + row * columns;
      NASC_SAME_PLACE
      for (int64_t i = 0; i < columns; i++) to[i] = chances[i] * (slopes[i] - mean) * factor;
    }
  });
}

}  // namespace nasc
