#include "batch-norm.h"

#include <cmath>
#include <cstddef>
#include <vector>

#include "blocks.h"
#include "channels.h"
#include "simd.h"

namespace nasc {

namespace {

/** Mean of a block and sum of the squares of deviations from it, for `count` channels from `x` on. */
void block_statistics(const float* x, int64_t rows, int64_t stride, int count, float* mean, float* squares) {
  const Vector average = sum_rows(rows, [&](int64_t row) { return load_first(x + row * stride, count); }) *
                         (1.0f / static_cast<float>(rows));
  const Vector spread = sum_rows(rows, [&](int64_t row) {
    const Vector deviation = load_first(x + row * stride, count) - average;
    return deviation * deviation;
  });
  store_first(mean, average, count);
  store_first(squares, spread, count);
}

}  // namespace

// Blocks take their own mean first, exactly, and are put together as Chan, Golub and LeVeque do (1979): memory is read once.
void channel_statistics(const float* x, int64_t rows, int64_t channels, double epsilon, float* mean, float* variance,
                        float* inverse) {
  const int64_t grain = rows_per_block(channels);
  const int64_t blocks = (rows + grain - 1) / grain;
  std::vector<float> partial(static_cast<size_t>(2 * blocks * channels));
  parallel_for(rows, grain, [&](int64_t begin, int64_t end) {
    float* means = &partial[static_cast<size_t>(2 * (begin / grain) * channels)];
    for_channels(channels, [&](int64_t from, int count) {
      block_statistics(x + begin * channels + from, end - begin, channels, count, means + from, means + channels + from);
    });
  });
  for (int64_t channel = 0; channel < channels; channel++) {
    double average = 0, spread = 0, seen = 0;
    for (int64_t block = 0; block < blocks; block++) {
      const float* part = &partial[static_cast<size_t>(2 * block * channels + channel)];
      const double size = static_cast<double>(block + 1 < blocks ? grain : rows - block * grain);
      const double delta = part[0] - average;
      spread += part[channels] + delta * delta * seen * size / (seen + size);
      seen += size;
      average += delta * size / seen;
    }
    const double biased = spread / static_cast<double>(rows);
    mean[channel] = static_cast<float>(average);
    variance[channel] = static_cast<float>(biased);
    inverse[channel] = static_cast<float>(1 / std::sqrt(biased + epsilon));
  }
}

void normalise(const float* x, const float* mean, const float* inverse, const float* scale, const float* shift, float* y,
               int64_t rows, int64_t channels) {
  std::vector<float> factors(inverse, inverse + channels), terms(static_cast<size_t>(channels), 0.0f);
  for (int64_t channel = 0; channel < channels; channel++) {
    if (scale != nullptr) factors[static_cast<size_t>(channel)] *= scale[channel];
    if (shift != nullptr) terms[static_cast<size_t>(channel)] = shift[channel];
  }
  for_rows(rows, channels, [&](int64_t begin, int64_t end) {
    for_channels(channels, [&](int64_t from, int count) {
      const Vector average = load_first(mean + from, count), factor = load_first(&factors[static_cast<size_t>(from)], count);
      const Vector term = load_first(&terms[static_cast<size_t>(from)], count);
      for_row_vectors(begin, end, channels, from, count, [&](int64_t at, auto read, auto write) {
        write(y + at, (read(x + at) - average) * factor + term);
      });
    });
  });
}

void batch_norm_gradient(const NormGradient& given, float* dx, float* dscale, float* dshift, int64_t rows,
                         int64_t channels) {
  const float *x = given.x, *dy = given.dy, *mean = given.mean, *inverse = given.inverse;
  const float *scale = given.scale, *shift = given.shift;
  std::vector<float> factors(inverse, inverse + channels), terms(static_cast<size_t>(channels), 0.0f);
  for (int64_t channel = 0; channel < channels; channel++) {
    if (scale != nullptr) factors[static_cast<size_t>(channel)] *= scale[channel];
    if (shift != nullptr) terms[static_cast<size_t>(channel)] = shift[channel];
  }
  const bool masked = given.activated;
  // dy where the norm is positive, as `normalise` computes it.
  const auto counted = [masked](Vector slope, Vector deviation, Vector factor, Vector term) {
    return masked ? (deviation * factor + term > 0 ? slope : Vector{}) : slope;
  };
  const int64_t grain = rows_per_block(channels);
  std::vector<double> sums = sum_blocks(rows, grain, 2 * channels, [&](int64_t begin, int64_t end, float* to) {
    for_channels(channels, [&](int64_t from, int count) {
      const Vector average = load_first(mean + from, count), factor = load_first(&factors[static_cast<size_t>(from)], count);
      const Vector term = load_first(&terms[static_cast<size_t>(from)], count);
      Vector slopes[2] = {}, products[2] = {};
      for (int64_t row = begin; row < end; row++) {
        const int64_t at = row * channels + from;
        const Vector deviation = load_first(x + at, count) - average;
        const Vector slope = counted(load_first(dy + at, count), deviation, factor, term);
        slopes[row & 1] += slope;
        products[row & 1] += slope * deviation;
      }
      store_first(to + from, slopes[0] + slopes[1], count);
      store_first(to + channels + from, products[0] + products[1], count);
    });
  });
  std::vector<float> offsets(static_cast<size_t>(channels)), slants(static_cast<size_t>(channels));
  for (int64_t channel = 0; channel < channels; channel++) {
    const double all = sums[static_cast<size_t>(channel)];
    const double along = sums[static_cast<size_t>(channels + channel)] * inverse[channel];
    if (dshift != nullptr) dshift[channel] = static_cast<float>(all);
    if (dscale != nullptr) dscale[channel] = static_cast<float>(along);
    offsets[static_cast<size_t>(channel)] = static_cast<float>(all / static_cast<double>(rows));
    slants[static_cast<size_t>(channel)] = static_cast<float>(along * inverse[channel] / static_cast<double>(rows));
  }
  for_rows(rows, channels, [&](int64_t begin, int64_t end) {
    for_channels(channels, [&](int64_t from, int count) {
      const size_t at_channel = static_cast<size_t>(from);
      const Vector average = load_first(mean + from, count), factor = load_first(&factors[at_channel], count);
      const Vector term = load_first(&terms[at_channel], count);
      const Vector offset = load_first(&offsets[at_channel], count), slant = load_first(&slants[at_channel], count);
      for_row_vectors(begin, end, channels, from, count, [&](int64_t at, auto read, auto write) {
        const Vector deviation = read(x + at) - average;
        const Vector slope = counted(read(dy + at), deviation, factor, term);
        write(dx + at, factor * (slope - offset - deviation * slant));
      });
    });
  });
}

void batch_norm_inference(const float* x, const float* mean, const float* variance, const float* scale,
                          const float* shift, double epsilon, float* y, int64_t rows, int64_t channels) {
  std::vector<float> inverse(static_cast<size_t>(channels));
  for (int64_t channel = 0; channel < channels; channel++) {
    inverse[static_cast<size_t>(channel)] = static_cast<float>(1 / std::sqrt(variance[channel] + epsilon));
  }
  normalise(x, mean, inverse.data(), scale, shift, y, rows, channels);
}

}  // namespace nasc
