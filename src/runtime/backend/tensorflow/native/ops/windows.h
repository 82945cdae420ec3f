// What operations that slide windows over maps have in common.
#pragma once

#include "../kernels/window.h"
#include "../op.h"

namespace nasc {

/** The window of a convolution, whose settings begin with stride and dilation. */
inline Window window_of(const Call& call, int64_t kernel) {
  return {static_cast<int>(kernel), static_cast<int>(call.integer(0)), static_cast<int>(call.integer(1))};
}

/** The sizes of a map and of what a window makes of it. */
inline Maps maps_of(const Dims& map, const Window& window) {
  const auto windowed = [&](int64_t size) { return (size + window.stride - 1) / window.stride; };
  return {map[0], map[1], map[2], windowed(map[1]), windowed(map[2])};
}

/** The shape of what a window makes of a map. */
inline Dims windowed_map(const Maps& maps, int64_t channels) {
  return map_of(maps.batch, maps.out_height, maps.out_width, channels);
}

}  // namespace nasc
