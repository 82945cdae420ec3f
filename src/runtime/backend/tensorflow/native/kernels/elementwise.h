// Element by element. Results may lie in the memory of any operand.
#pragma once

#include <cstdint>

namespace nasc {

void multiply(const float* a, const float* b, float* y, int64_t count);

/** y = factor * x */
void scale(const float* x, float factor, float* y, int64_t count);

/** Every row of `width` elements by its own factor. */
void scale_rows(const float* x, const float* factors, float* y, int64_t rows, int64_t width);

/** x of [groups, pixels, channels] by factors of [groups, channels]. */
void scale_channels(const float* x, const float* factors, float* y, int64_t groups, int64_t pixels, int64_t channels);

/** Sums of x * dy over the pixels: the gradient of `factors`. */
void scale_channels_gradient(const float* x, const float* dy, float* dfactors, int64_t groups, int64_t pixels,
                             int64_t channels);

}  // namespace nasc
