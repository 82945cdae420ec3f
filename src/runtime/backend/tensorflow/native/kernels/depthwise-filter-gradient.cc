#include <algorithm>
#include <vector>

#include "depthwise.h"
#include "grids.h"
#include "parallel.h"
#include "simd.h"

namespace nasc {
namespace {

/** Sums of a vector of channels over the images first..last-1 are added to dw. */
struct Task {
  const float* x;
  const float* dy;
  float* dw;
  const Maps& maps;
  int64_t channels;
  const Window& window;
  const std::vector<Grid>& columns;
  int used;
};

/** A row of the outputs' gradients against `Down` rows of the input; nullptr: that row lies outside. */
struct Rows {
  const float* const* x;
  const float* dy;
  int64_t x_step, dy_step;
};

/**
 * Adds `Outputs` outputs from `first` on, of which `count` exist, to sums that stay in registers: every pixel is loaded
 * once and meets the gradients of all outputs that saw it.
 */
template <int Taps, int Stride, int Down, int Outputs>
inline void add_tile(const Rows& rows, const Grid& grid, int first, int count, int channels, Vector (&sums)[Down][Taps]) {
  Vector gradients[Outputs];
  const float* dy = rows.dy + first * rows.dy_step;
#pragma GCC unroll 8
  for (int p = 0; p < Outputs; p++) {
    gradients[p] = p < count ? load_first(dy, channels) : Vector{};
    dy += rows.dy_step;
  }
  const int base = first * Stride;
  const int high = std::min(static_cast<int>(grid.high), base + (count - 1) * Stride + Taps);
  const unsigned from = static_cast<unsigned>(base - static_cast<int>(grid.low));
  const unsigned size = static_cast<unsigned>(std::max(0, high - static_cast<int>(grid.low)));
#pragma GCC unroll 8
  for (int row = 0; row < Down; row++) {
    if (rows.x[row] == nullptr) continue;
    const float* x = rows.x[row] + base * rows.x_step;
#pragma GCC unroll 32
    for (int i = 0; i < (Outputs - 1) * Stride + Taps; i++) {
      if (from + i < size) {
        const Vector pixel = load_first(x, channels);
#pragma GCC unroll 8
        for (int p = 0; p < Outputs; p++) {
          const int k = i - p * Stride;
          if (k >= 0 && k < Taps) sums[row][k] += pixel * gradients[p];
        }
      }
      x += rows.x_step;
    }
  }
}

/** The taps `tap_row`..`tap_row + Down - 1` down, all `Taps` across, of one grid. */
template <int Taps, int Stride, int Down, int Outputs>
void add_rows(const Task& task, const Grid& grid, int64_t image, int tap_row) {
  const auto& [batch, height, width, out_height, out_width] = task.maps;
  const Window& window = task.window;
  Vector sums[Down][Taps] = {};
  const float* x = task.x + image * height * width * task.channels;
  const float* rows_x[Down];
  Rows rows{rows_x, nullptr, grid.unit * task.channels, grid.step * task.channels};
  for (int64_t row = 0; row < out_height; row++) {
    for (int down = 0; down < Down; down++) {
      const int64_t source = row * window.stride - window.padding() + int64_t{tap_row + down} * window.dilation;
      const bool inside = tap_row + down < window.kernel && source >= 0 && source < height;
      rows_x[down] = inside ? x + (source * width + grid.origin) * task.channels : nullptr;
    }
    rows.dy = task.dy + ((image * out_height + row) * out_width + grid.first) * task.channels;
    const int count = static_cast<int>(grid.count);
    for (int first = 0; first < count; first += Outputs) {
      add_tile<Taps, Stride, Down, Outputs>(rows, grid, first, std::min(Outputs, count - first), task.used, sums);
    }
  }
  for (int down = 0; down < Down && tap_row + down < window.kernel; down++) {
    for (int k = 0; k < Taps; k++) {
      float* to = task.dw + (int64_t{tap_row + down} * window.kernel + grid.first_tap + k * grid.tap_step) * task.channels;
      store_first(to, load_first(to, task.used) + sums[down][k], task.used);
    }
  }
}

template <int Taps, int Stride>
void add_grid(const Task& task, const Grid& grid, int64_t image) {
  // Sums, gradients and one pixel in registers.
  constexpr int outputs = registers >= 32 && Taps != 5 ? 8 : 4;
  constexpr int fit = (registers - 2 - outputs) / Taps;
  constexpr int down = fit >= Taps ? Taps : fit > 1 ? fit : 1;
  for (int row = 0; row < task.window.kernel; row += down) add_rows<Taps, Stride, down, outputs>(task, grid, image, row);
}

/** One tap at a time. */
void add_taps(const Task& task, Grid grid, int64_t image) {
  const int64_t unit = grid.unit;
  for (int tap = 0; tap < task.window.kernel; tap++) {
    Grid one = grid;
    one.first_tap = tap;
    one.taps = 1;
    one.origin = grid.origin + unit * grid.spread * tap;
    one.unit = unit * grid.stride;
    const auto inside = [&](int64_t limit) {
      return (std::max<int64_t>(limit - int64_t{grid.spread} * tap, 0) + grid.stride - 1) / grid.stride;
    };
    one.low = inside(grid.low);
    one.high = inside(grid.high);
    for (int row = 0; row < task.window.kernel; row++) add_rows<1, 1, 1, 8>(task, one, image, row);
  }
}

void add_image(const Task& task, int64_t image) {
  for (const Grid& grid : task.columns) {
    if (grid.spread == 1 && grid.stride == 1 && grid.taps == 3) {
      add_grid<3, 1>(task, grid, image);
    } else if (grid.spread == 1 && grid.stride == 1 && grid.taps == 5) {
      add_grid<5, 1>(task, grid, image);
    } else if (grid.spread == 1 && grid.stride == 1 && grid.taps == 7) {
      add_grid<7, 1>(task, grid, image);
    } else if (grid.spread == 1 && grid.stride == 2 && grid.taps == 3) {
      add_grid<3, 2>(task, grid, image);
    } else if (grid.spread == 1 && grid.stride == 2 && grid.taps == 5) {
      add_grid<5, 2>(task, grid, image);
    } else if (grid.spread == 1 && grid.stride == 2 && grid.taps == 7) {
      add_grid<7, 2>(task, grid, image);
    } else {
      add_taps(task, grid, image);
    }
  }
}

/** Partial sums of so many blocks of images, added in order. */
constexpr int64_t image_blocks = 8;

}  // namespace

void depthwise_filter_gradient(const float* x, const float* dy, float* dw, const Maps& maps, int64_t channels,
                               const Window& window) {
  const std::vector<Grid> columns = forward_grids(maps.width, maps.out_width, window);
  const int64_t grain = (maps.batch + image_blocks - 1) / image_blocks;
  const int64_t blocks = (maps.batch + grain - 1) / grain;
  const int64_t size = window.taps() * channels;
  std::vector<float> partials(blocks * size);
  parallel_for(maps.batch, grain, [&](int64_t from, int64_t to) {
    float* sums = partials.data() + from / grain * size;
    for (int64_t image = from; image < to; image++) {
      for (int64_t channel = 0; channel < channels; channel += lanes) {
        const int used = static_cast<int>(std::min<int64_t>(lanes, channels - channel));
        add_image({x + channel, dy + channel, sums + channel, maps, channels, window, columns, used}, image);
      }
    }
  });
  std::copy_n(partials.begin(), size, dw);
  for (int64_t block = 1; block < blocks; block++) {
    const float* sums = partials.data() + block * size;
    for (int64_t i = 0; i < size; i++) dw[i] += sums[i];
  }
}

}  // namespace nasc
