// Moves channels and pixels about.
#pragma once

#include <cstdint>
#include <vector>

namespace nasc {

/** A run of channels of every pixel: `channels` of them from `first` on, of rows of `width`. */
struct ChannelRun {
  int64_t width, first, channels;
};

/** Rows side by side: a pixel of y holds the channels of all parts, one after the other. */
void concat_channels(const std::vector<const float*>& parts, const std::vector<int64_t>& channels, float* y,
                     int64_t pixels);

/** The run of x. */
void slice_channels(const float* x, float* y, const ChannelRun& run, int64_t pixels);

/** x as the run of y, which is 0 elsewhere. */
void pad_channels(const float* x, float* y, const ChannelRun& run, int64_t pixels);

/** y[h, w] = x[h + down, w + right], 0 outside. */
void shift(const float* x, float* y, int64_t batch, int64_t height, int64_t width, int64_t channels, int64_t down,
           int64_t right);

}  // namespace nasc
