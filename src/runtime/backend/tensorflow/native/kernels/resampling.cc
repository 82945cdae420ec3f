#include "resampling.h"

#include <algorithm>

#include "blocks.h"

namespace nasc {

void resample(const float* x, float* y, int64_t batch, int64_t height, int64_t width, int64_t channels,
              const AxisMap& rows, const AxisMap& columns) {
  for_rows(batch * rows.places, columns.places * channels, [&](int64_t begin, int64_t end) {
    for (int64_t line = begin; line < end; line++) {
      const int64_t image = line / rows.places, row = line % rows.places;
      for (int64_t column = 0; column < columns.places; column++) {
        float* to = y + (line * columns.places + column) * channels;
        std::fill_n(to, channels, 0.0f);
        for (int64_t r = row * rows.taps; r < (row + 1) * rows.taps; r++) {
          const float* from = x + (image * height + rows.indices[r]) * width * channels;
          for (int64_t c = column * columns.taps; c < (column + 1) * columns.taps; c++) {
            const auto weight = static_cast<float>(rows.weights[r] * columns.weights[c]);
            if (weight == 0) continue;
            const float* pixel = from + columns.indices[c] * channels;
            for (int64_t i = 0; i < channels; i++) to[i] += weight * pixel[i];
          }
        }
      }
    }
  });
}

}  // namespace nasc
