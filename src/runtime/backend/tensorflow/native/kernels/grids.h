#pragma once

#include <vector>

#include "window.h"

namespace nasc {

/**
 * Destinations along one axis that have the same taps, evenly spaced: destination j of 0..count-1 lies at
 * first + step * j, its tap k of 0..taps-1 at the source index stride * j + spread * k, which is the position
 * origin + unit * index, and is tap first_tap + tap_step * k of the kernel. Indices outside low..high-1 lie outside.
 */
struct Grid {
  int64_t first, step, count;
  int64_t origin, unit;
  int stride, spread;
  int taps, first_tap, tap_step;
  int64_t low, high;
};

/** The outputs of a window along an axis of `size` inputs, `out` outputs. Where `spread` is above 1, `stride` is too. */
std::vector<Grid> forward_grids(int64_t size, int64_t out, const Window& window);

/** The inputs of a window along that axis, whose gradients come from the outputs: stride and spread are 1. */
std::vector<Grid> backward_grids(int64_t size, int64_t out, const Window& window);

}  // namespace nasc
