#include "pooling.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "blocks.h"
#include "channels.h"

namespace nasc {

namespace {

/** A run of places along one axis: from `begin` to before `end`. */
struct Run {
  int64_t begin, end;
  int64_t size() const { return end - begin; }
};

/** The pixels of a map under the window of an output pixel, along one axis. */
Run under(int64_t out, int64_t size, const Window& window) {
  const int64_t start = out * window.stride - window.padding();
  return {std::max<int64_t>(start, 0), std::min<int64_t>(start + window.kernel, size)};
}

/** The output pixels whose windows hold a pixel, along one axis. */
Run over(int64_t pixel, int64_t out_size, const Window& window) {
  const int64_t last = pixel + window.padding();
  const int64_t first = last - window.kernel + 1;
  return {first <= 0 ? 0 : (first + window.stride - 1) / window.stride, std::min(last / window.stride + 1, out_size)};
}

/** `body(row, image, height)` for the rows of all maps, `height` rows each. */
template <typename Body>
void for_map_rows(int64_t batch, int64_t height, int64_t width, int64_t channels, Body&& body) {
  parallel_for(batch * height, rows_per_block(width * channels), [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; row++) body(row, row / height, row % height);
  });
}

/** Folds the pixels of every window into one, a vector of channels at a time: `finish(fold of all, how many)`. */
template <typename Fold, typename Finish>
void pool(const float* x, float* y, const Maps& maps, const Window& window, int64_t channels, Vector start, Fold fold,
          Finish finish) {
  for_map_rows(maps.batch, maps.out_height, maps.out_width, channels, [&](int64_t row, int64_t image, int64_t out_row) {
    const Run rows = under(out_row, maps.height, window);
    for (int64_t column = 0; column < maps.out_width; column++) {
      const Run columns = under(column, maps.width, window);
      float* to = y + (row * maps.out_width + column) * channels;
      for_channels(channels, [&](int64_t from, int count) {
        Vector all = start;
        for (int64_t h = rows.begin; h < rows.end; h++) {
          const float* line = x + ((image * maps.height + h) * maps.width) * channels + from;
          for (int64_t w = columns.begin; w < columns.end; w++) all = fold(all, load_first(line + w * channels, count));
        }
        store_first(to + from, finish(all, rows.size() * columns.size()), count);
      });
    }
  });
}

}  // namespace

void max_pool(const float* x, float* y, const Maps& maps, const Window& window, int64_t channels) {
  pool(x, y, maps, window, channels, splat(-std::numeric_limits<float>::infinity()),
       [](Vector all, Vector value) { return max(all, value); }, [](Vector all, int64_t) { return all; });
}

void max_pool_gradient(const float* x, const float* y, const float* dy, float* dx, const Maps& maps,
                       const Window& window, int64_t channels) {
  const int64_t size = maps.height * maps.width * channels;
  parallel_for(maps.batch, 1, [&](int64_t image, int64_t) {
    const float* map = x + image * size;
    float* slopes = dx + image * size;
    std::fill(slopes, slopes + size, 0.0f);
    for (int64_t out_row = 0; out_row < maps.out_height; out_row++) {
      const Run rows = under(out_row, maps.height, window);
      for (int64_t column = 0; column < maps.out_width; column++) {
        const Run columns = under(column, maps.width, window);
        const int64_t out = ((image * maps.out_height + out_row) * maps.out_width + column) * channels;
        for_channels(channels, [&](int64_t from, int count) {
          const Vector greatest = load_first(y + out + from, count);
          // What is given to a pixel is taken out of here.
          Vector left = load_first(dy + out + from, count);
          for (int64_t h = rows.begin; h < rows.end; h++) {
            for (int64_t w = columns.begin; w < columns.end; w++) {
              const int64_t at = (h * maps.width + w) * channels + from;
              const auto hit = load_first(map + at, count) == greatest;
              store_first(slopes + at, load_first(slopes + at, count) + (hit ? left : Vector{}), count);
              left = hit ? Vector{} : left;
            }
          }
        });
      }
    }
  });
}

void avg_pool(const float* x, float* y, const Maps& maps, const Window& window, int64_t channels) {
  pool(x, y, maps, window, channels, Vector{}, [](Vector all, Vector value) { return all + value; },
       [](Vector all, int64_t pixels) { return all * (1.0f / static_cast<float>(pixels)); });
}

void avg_pool_gradient(const float* dy, float* dx, const Maps& maps, const Window& window, int64_t channels) {
  for_map_rows(maps.batch, maps.height, maps.width, channels, [&](int64_t row, int64_t image, int64_t map_row) {
    const Run rows = over(map_row, maps.out_height, window);
    for (int64_t column = 0; column < maps.width; column++) {
      const Run columns = over(column, maps.out_width, window);
      float* to = dx + (row * maps.width + column) * channels;
      for_channels(channels, [&](int64_t from, int count) {
        Vector all = {};
        for (int64_t h = rows.begin; h < rows.end; h++) {
          const int64_t high = under(h, maps.height, window).size();
          const float* line = dy + ((image * maps.out_height + h) * maps.out_width) * channels + from;
          for (int64_t w = columns.begin; w < columns.end; w++) {
            const int64_t pixels = high * under(w, maps.width, window).size();
            all += load_first(line + w * channels, count) * (1.0f / static_cast<float>(pixels));
          }
        }
        store_first(to + from, all, count);
      });
    }
  });
}

void global_avg_pool(const float* x, float* y, int64_t batch, int64_t pixels, int64_t channels) {
  parallel_for(batch, 1, [&](int64_t image, int64_t) {
    const float* map = x + image * pixels * channels;
    for_channels(channels, [&](int64_t from, int count) {
      const Vector sum = sum_rows(pixels, [&](int64_t pixel) { return load_first(map + pixel * channels + from, count); });
      store_first(y + image * channels + from, sum * (1.0f / static_cast<float>(pixels)), count);
    });
  });
}

void global_avg_pool_gradient(const float* dy, float* dx, int64_t batch, int64_t pixels, int64_t channels) {
  const float share = 1.0f / static_cast<float>(pixels);
  for_rows(batch * pixels, channels, [=](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; row++) {
      const float* from = dy + row / pixels * channels;
      float* to = dx + row * channels;
      for (int64_t i = 0; i < channels; i++) to[i] = from[i] * share;
    }
  });
}

}  // namespace nasc
