// Sizes of what windows slide over and give, from settings: stride and dilation come first.
#pragma once

#include "../kernels/window.h"
#include "../op.h"

namespace nasc {

inline Window window_of(const Call& call, int64_t kernel) {
  return {static_cast<int>(kernel), static_cast<int>(call.integer(0)), static_cast<int>(call.integer(1))};
}

inline Maps maps_of(const Dims& map, const Window& window) {
  const auto windowed = [&](int64_t size) { return (size + window.stride - 1) / window.stride; };
  return {map[0], map[1], map[2], windowed(map[1]), windowed(map[2])};
}

inline Dims outputs_of(const Maps& maps, int64_t channels) {
  return map_of(maps.batch, maps.out_height, maps.out_width, channels);
}

}  // namespace nasc
