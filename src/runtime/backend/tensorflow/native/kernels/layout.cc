#include "layout.h"

#include <algorithm>

#include "blocks.h"

namespace nasc {

void concat_channels(const std::vector<const float*>& parts, const std::vector<int64_t>& channels, float* y,
                     int64_t pixels) {
  int64_t width = 0;
  for (const int64_t each : channels) width += each;
  for_rows(pixels, width, [&](int64_t begin, int64_t end) {
    int64_t first = 0;
    for (size_t part = 0; part < parts.size(); part++) {
      const int64_t size = channels[part];
      const float* from = parts[part];
      for (int64_t row = begin; row < end; row++) std::copy_n(from + row * size, size, y + row * width + first);
      first += size;
    }
  });
}

void slice_channels(const float* x, float* y, const ChannelRun& run, int64_t pixels) {
  for_rows(pixels, run.channels, [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; row++) {
      std::copy_n(x + row * run.width + run.first, run.channels, y + row * run.channels);
    }
  });
}

void pad_channels(const float* x, float* y, const ChannelRun& run, int64_t pixels) {
  for_rows(pixels, run.width, [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; row++) {
      float* to = y + row * run.width;
      std::fill_n(to, run.first, 0.0f);
      std::copy_n(x + row * run.channels, run.channels, to + run.first);
      std::fill_n(to + run.first + run.channels, run.width - run.first - run.channels, 0.0f);
    }
  });
}

void shift(const float* x, float* y, int64_t batch, int64_t height, int64_t width, int64_t channels, int64_t down,
           int64_t right) {
  const int64_t first = std::min(width, std::max<int64_t>(0, -right));
  const int64_t last = std::max(first, std::min(width, width - right));
  for_rows(batch * height, width * channels, [=](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; row++) {
      float* to = y + row * width * channels;
      const int64_t source = row % height + down;
      if (source < 0 || source >= height) {
        std::fill_n(to, width * channels, 0.0f);
        continue;
      }
      std::fill_n(to, first * channels, 0.0f);
      const float* from = x + ((row + down) * width + right) * channels;
      std::copy(from + first * channels, from + last * channels, to + first * channels);
      std::fill(to + last * channels, to + width * channels, 0.0f);
    }
  });
}

}  // namespace nasc
