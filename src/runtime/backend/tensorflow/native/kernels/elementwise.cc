#include "elementwise.h"

#include <vector>

#include "blocks.h"
#include "channels.h"

namespace nasc {

void multiply(const float* a, const float* b, float* y, int64_t count) {
  for_elements(count, [=](int64_t begin, int64_t end) {
    NASC_SAME_PLACE
    for (int64_t i = begin; i < end; i++) y[i] = a[i] * b[i];
  });
}

void scale(const float* x, float factor, float* y, int64_t count) {
  for_elements(count, [=](int64_t begin, int64_t end) {
    NASC_SAME_PLACE
    for (int64_t i = begin; i < end; i++) y[i] = factor * x[i];
  });
}

void scale_rows(const float* x, const float* factors, float* y, int64_t rows, int64_t width) {
  for_rows(rows, width, [=](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; row++) {
      const float factor = factors[row];
      const float* from = x + row * width;
      float* to = y + row * width;
      NASC_SAME_PLACE
      for (int64_t i = 0; i < width; i++) to[i] = factor * from[i];
    }
  });
}

void scale_channels(const float* x, const float* factors, float* y, int64_t groups, int64_t pixels, int64_t channels) {
  for_rows(groups * pixels, channels, [=](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; row++) {
      const float* factor = factors + row / pixels * channels;
      const float* from = x + row * channels;
      float* to = y + row * channels;
      NASC_SAME_PLACE
      for (int64_t i = 0; i < channels; i++) to[i] = factor[i] * from[i];
    }
  });
}

void scale_channels_gradient(const float* x, const float* dy, float* dfactors, int64_t groups, int64_t pixels,
                             int64_t channels) {
  for (int64_t group = 0; group < groups; group++) {
    const int64_t start = group * pixels * channels;
    const std::vector<double> sums =
        sum_blocks(pixels, rows_per_block(channels), channels, [=](int64_t begin, int64_t end, float* to) {
          for_channels(channels, [&](int64_t from, int count) {
            const int64_t at = start + begin * channels + from;
            store_first(to + from, sum_rows(end - begin, [&](int64_t row) {
                          return load_first(x + at + row * channels, count) * load_first(dy + at + row * channels, count);
                        }),
                        count);
          });
        });
    for (int64_t i = 0; i < channels; i++) dfactors[group * channels + i] = static_cast<float>(sums[static_cast<size_t>(i)]);
  }
}

}  // namespace nasc
