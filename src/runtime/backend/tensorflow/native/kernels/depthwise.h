#pragma once

#include "activated-norm.h"
#include "window.h"

// Convolutions of every channel with a kernel of its own: x [batch, height, width, channels], w [k, k, channels],
// y [batch, out_height, out_width, channels]. With a `norm` they are convolutions of max(0, norm of x), which is not stored.

namespace nasc {

void depthwise(const float* x, const float* w, float* y, const Maps& maps, int64_t channels, const Window& window,
               const ActivatedNorm* norm = nullptr);

void depthwise_input_gradient(const float* dy, const float* w, float* dx, const Maps& maps, int64_t channels,
                              const Window& window);

void depthwise_filter_gradient(const float* x, const float* dy, float* dw, const Maps& maps, int64_t channels,
                               const Window& window, const ActivatedNorm* norm = nullptr);

}  // namespace nasc
