// Batch norms (Ioffe and Szegedy, ICML 2015) over rows of channels; `scale` and `shift` may be null.
#pragma once

#include <cstdint>

namespace nasc {

/** Mean and biased variance of every channel, and 1 / sqrt(variance + epsilon). */
void channel_statistics(const float* x, int64_t rows, int64_t channels, double epsilon, float* mean, float* variance,
                        float* inverse);

/** y = (x - mean) * inverse * scale + shift; y may be x. */
void normalise(const float* x, const float* mean, const float* inverse, const float* scale, const float* shift, float* y,
               int64_t rows, int64_t channels);

/** What a gradient of a batch norm reads. */
struct NormGradient {
  const float* x;
  const float* dy;
  const float* mean;
  const float* inverse;
  const float* scale;
  const float* shift;
  /** Whether dy is the gradient of max(0, norm), and counts only where the norm is positive. */
  bool activated;
};

/** dx = scale * inverse * (dy - dshift / n - z * dscale / n); dx may be x or dy. dscale and dshift may be null. */
void batch_norm_gradient(const NormGradient& given, float* dx, float* dscale, float* dshift, int64_t rows,
                         int64_t channels);

/** y = (x - mean) / sqrt(variance + epsilon) * scale + shift; y may be x. */
void batch_norm_inference(const float* x, const float* mean, const float* variance, const float* scale,
                          const float* shift, double epsilon, float* y, int64_t rows, int64_t channels);

}  // namespace nasc
