// Linear maps along the height and the width of a map: picking, padding, cropping, interpolating pixels.
#pragma once

#include <cstdint>

namespace nasc {

/** Place i of the output is the sum of weights[j] times place indices[j] of the input, j from i * taps on. */
struct AxisMap {
  int64_t taps, places;
  const int64_t* indices;
  const double* weights;
};

/** A map of [batch, height, width, channels]. */
void resample(const float* x, float* y, int64_t batch, int64_t height, int64_t width, int64_t channels,
              const AxisMap& rows, const AxisMap& columns);

}  // namespace nasc
