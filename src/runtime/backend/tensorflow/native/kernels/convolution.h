#pragma once

#include "window.h"

// Convolutions in groups: x [batch, height, width, channels], w [k, k, channels / groups, filters],
// y [batch, out_height, out_width, filters].

namespace nasc {

struct Depths {
  int64_t channels, filters, groups;

  int64_t group_channels() const { return channels / groups; }
  int64_t group_filters() const { return filters / groups; }
};

void convolution(const float* x, const float* w, float* y, const Maps& maps, const Depths& depths,
                 const Window& window);

void convolution_input_gradient(const float* dy, const float* w, float* dx, const Maps& maps, const Depths& depths,
                                const Window& window);

void convolution_filter_gradient(const float* x, const float* dy, float* dw, const Maps& maps, const Depths& depths,
                                 const Window& window);

}  // namespace nasc
