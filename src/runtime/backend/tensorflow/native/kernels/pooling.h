// Pools over maps of [batch, height, width, channels]; what stands around a map counts for nothing.
#pragma once

#include <cstdint>

#include "window.h"

namespace nasc {

void max_pool(const float* x, float* y, const Maps& maps, const Window& window, int64_t channels);

/** The first maximum of a window in scan order gets all of dy. */
void max_pool_gradient(const float* x, const float* y, const float* dy, float* dx, const Maps& maps,
                       const Window& window, int64_t channels);

/** Means over the pixels of a window that are the map's. */
void avg_pool(const float* x, float* y, const Maps& maps, const Window& window, int64_t channels);

void avg_pool_gradient(const float* dy, float* dx, const Maps& maps, const Window& window, int64_t channels);

/** The mean over all `pixels` of a map. */
void global_avg_pool(const float* x, float* y, int64_t batch, int64_t pixels, int64_t channels);

void global_avg_pool_gradient(const float* dy, float* dx, int64_t batch, int64_t pixels, int64_t channels);

}  // namespace nasc
