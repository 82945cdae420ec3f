#include "activated-norm.h"

#include "channels.h"

namespace nasc {

ActivatedNorm::ActivatedNorm(const float* mean, const float* inverse, const float* scale, const float* shift,
                             int64_t channels)
    : factor(channels), offset(channels) {
  for (int64_t channel = 0; channel < channels; channel++) {
    factor[channel] = inverse[channel] * (scale == nullptr ? 1 : scale[channel]);
    offset[channel] = (shift == nullptr ? 0 : shift[channel]) - mean[channel] * factor[channel];
  }
}

void ActivatedNorm::apply(const float* x, int64_t pixels, float* to) const {
  const int64_t channels = factor.size();
  for_channels(channels, [&](int64_t from, int count) {
    const Vector by = load_first(factor.data() + from, count), plus = load_first(offset.data() + from, count);
    for_row_vectors(0, pixels, channels, from, count, [&](int64_t at, auto read, auto write) {
      write(to + at, max(read(x + at) * by + plus, Vector{}));
    });
  });
}

}  // namespace nasc
