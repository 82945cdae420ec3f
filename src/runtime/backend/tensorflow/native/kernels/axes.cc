#include "axes.h"

#include <algorithm>

#include "blocks.h"

namespace nasc {

Axes steps_of(const Axes& sizes) {
  Axes steps = {{1, 1, 1, 1}};
  for (int axis = 2; axis >= 0; axis--) steps.of[axis] = steps[axis + 1] * sizes[axis + 1];
  return steps;
}

void copy_axes(const float* x, const Axes& from, float* y, const Axes& to, const Axes& sizes) {
  const int64_t inner = sizes[3];
  const bool dense = from[3] == 1 && to[3] == 1;
  for_rows(sizes[0] * sizes[1] * sizes[2], inner, [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; row++) {
      const int64_t k = row % sizes[2], j = row / sizes[2] % sizes[1], i = row / (sizes[2] * sizes[1]);
      const float* source = x + i * from[0] + j * from[1] + k * from[2];
      float* target = y + i * to[0] + j * to[1] + k * to[2];
      if (dense) {
        std::copy_n(source, inner, target);
      } else {
        for (int64_t l = 0; l < inner; l++) target[l * to[3]] = source[l * from[3]];
      }
    }
  });
}

void fill(float* y, float value, int64_t count) {
  for_elements(count, [=](int64_t begin, int64_t end) { std::fill(y + begin, y + end, value); });
}

}  // namespace nasc
