#pragma once

#include "simd.h"

namespace nasc {

/** One row of a kernel against one row of the source. Addresses of the first channel; steps in floats. */
struct KernelRow {
  /** The source index 0 of the grid. */
  const float* x;
  /** The grid's tap 0. */
  const float* w;
  /** Source indices outside low..high-1 are zeros. */
  int low, high;
};

/** Where a tile reads and writes, beside its rows. */
struct TileSteps {
  int64_t x;
  int64_t w;
  int64_t y;
};

/**
 * `Outputs` neighbours in a grid, from output `first` on, one vector of channels: every pixel is loaded once per row of
 * the kernel and meets all its taps. `Checked`: some of it lies outside, or there are fewer `channels` than lanes.
 */
template <int Taps, int Stride, int Outputs, bool Checked>
void depthwise_tile(const KernelRow* rows, int count, const TileSteps& steps, int first, float* y, int channels) {
  Vector sums[Outputs] = {};
  for (int row = 0; row < count; row++) {
    const float* w = rows[row].w;
    Vector taps[Taps];
#pragma GCC unroll 8
    for (int k = 0; k < Taps; k++) {
      taps[k] = Checked ? load_first(w, channels) : load(w);
      w += steps.w;
    }
    const int base = first * Stride;
    const float* x = rows[row].x + base * steps.x;
    const unsigned from = static_cast<unsigned>(base - rows[row].low);
    const unsigned size = static_cast<unsigned>(rows[row].high - rows[row].low);
#pragma GCC unroll 32
    for (int i = 0; i < (Outputs - 1) * Stride + Taps; i++) {
      if (!Checked || from + i < size) {
        const Vector pixel = Checked ? load_first(x, channels) : load(x);
#pragma GCC unroll 8
        for (int p = 0; p < Outputs; p++) {
          const int k = i - p * Stride;
          if (k >= 0 && k < Taps) sums[p] += pixel * taps[k];
        }
      }
      x += steps.x;
    }
  }
#pragma GCC unroll 8
  for (int p = 0; p < Outputs; p++) {
    if (Checked) {
      store_first(y, sums[p], channels);
    } else {
      store(y, sums[p]);
    }
    y += steps.y;
  }
}

}  // namespace nasc
