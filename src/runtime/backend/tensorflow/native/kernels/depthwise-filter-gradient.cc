#include <algorithm>
#include <vector>

#include "depthwise.h"
#include "grids.h"
#include "parallel.h"
#include "simd.h"

namespace nasc {
namespace {

/** The sums of a vector of channels over one image are added to dw. */
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

/** A row of the outputs' gradients against `Down` rows of the input, of which nullptr lie outside. */
struct Lines {
  const float* const* x;
  const float* dy;
  int64_t x_step, dy_step;
  int count, low, high, channels;
};

/**
 * Adds `Outputs` outputs from `first` on, of which `count` exist, to sums that stay in registers: every pixel is loaded
 * once and meets the gradients of all outputs that saw it. `Checked`: some of it lies outside.
 */
template <int Taps, int Stride, int Down, int Outputs, bool Checked>
inline void add_tile(const Lines& lines, int first, int count, Vector (&sums)[Down][Taps]) {
  Vector gradients[Outputs];
  const float* dy = lines.dy + first * lines.dy_step;
#pragma GCC unroll 8
  for (int p = 0; p < Outputs; p++) {
    gradients[p] = !Checked || p < count ? load_first(dy, lines.channels) : Vector{};
    dy += lines.dy_step;
  }
  const int base = first * Stride;
  const unsigned from = static_cast<unsigned>(base - lines.low);
  const int high = std::min(lines.high, base + (count - 1) * Stride + Taps);
  const unsigned size = static_cast<unsigned>(std::max(0, high - lines.low));
#pragma GCC unroll 8
  for (int row = 0; row < Down; row++) {
    if (lines.x[row] == nullptr) continue;
    const float* x = lines.x[row] + base * lines.x_step;
#pragma GCC unroll 32
    for (int i = 0; i < (Outputs - 1) * Stride + Taps; i++) {
      if (!Checked || from + i < size) {
        const Vector pixel = load_first(x, lines.channels);
#pragma GCC unroll 8
        for (int p = 0; p < Outputs; p++) {
          const int k = i - p * Stride;
          if (k >= 0 && k < Taps) sums[row][k] += pixel * gradients[p];
        }
      }
      x += lines.x_step;
      // Else the compiler keeps multiples of the step in registers that it needs for sums.
      asm("" : "+r"(x));
    }
  }
}

/** Out of line, or the sums would lose their registers to what the loops around it count. */
template <int Taps, int Stride, int Down, int Outputs>
__attribute__((noinline)) void add_lines(const Lines& lines, Vector (&totals)[Down][Taps]) {
  Vector sums[Down][Taps];
#pragma GCC unroll 8
  for (int row = 0; row < Down; row++) {
#pragma GCC unroll 8
    for (int k = 0; k < Taps; k++) sums[row][k] = totals[row][k];
  }
  for (int first = 0; first < lines.count; first += Outputs) {
    const int count = std::min(Outputs, lines.count - first);
    const int base = first * Stride;
    if (count == Outputs && base >= lines.low && base + (Outputs - 1) * Stride + Taps <= lines.high) {
      add_tile<Taps, Stride, Down, Outputs, false>(lines, first, count, sums);
    } else {
      add_tile<Taps, Stride, Down, Outputs, true>(lines, first, count, sums);
    }
  }
#pragma GCC unroll 8
  for (int row = 0; row < Down; row++) {
#pragma GCC unroll 8
    for (int k = 0; k < Taps; k++) totals[row][k] = sums[row][k];
  }
}

/** The taps `tap_row`..`tap_row + Down - 1` down, all `Taps` across, of one grid. */
template <int Taps, int Stride, int Down, int Outputs>
void add_rows(const Task& task, const Grid& grid, int tap_row) {
  const auto& [batch, height, width, out_height, out_width] = task.maps;
  const Window& window = task.window;
  Vector sums[Down][Taps] = {};
  const float* rows[Down];
  Lines lines{rows,
              nullptr,
              grid.unit * task.channels,
              grid.step * task.channels,
              static_cast<int>(grid.count),
              static_cast<int>(grid.low),
              static_cast<int>(grid.high),
              task.used};
  for (int64_t row = 0; row < out_height; row++) {
    for (int down = 0; down < Down; down++) {
      const int64_t source = row * window.stride - window.padding() + int64_t{tap_row + down} * window.dilation;
      const bool inside = tap_row + down < window.kernel && source >= 0 && source < height;
      rows[down] = inside ? task.x + (source * width + grid.origin) * task.channels : nullptr;
    }
    lines.dy = task.dy + (row * out_width + grid.first) * task.channels;
    add_lines<Taps, Stride, Down, Outputs>(lines, sums);
  }
  for (int down = 0; down < Down && tap_row + down < window.kernel; down++) {
    for (int k = 0; k < Taps; k++) {
      const int64_t tap = int64_t{tap_row + down} * window.kernel + grid.first_tap + k * grid.tap_step;
      float* to = task.dw + tap * task.channels;
      store_first(to, load_first(to, task.used) + sums[down][k], task.used);
    }
  }
}

template <int Taps, int Stride>
void add_grid(const Task& task, const Grid& grid) {
  // Sums, gradients and one pixel in registers.
  constexpr int outputs = registers >= 32 && Taps != 5 ? 8 : 4;
  constexpr int fit = (registers - 2 - outputs) / Taps;
  constexpr int down = fit >= Taps ? Taps : fit > 1 ? fit : 1;
  for (int row = 0; row < task.window.kernel; row += down) {
    add_rows<Taps, Stride, down, outputs>(task, grid, row);
  }
}

/** One tap at a time. */
void add_taps(const Task& task, const Grid& grid) {
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
    for (int row = 0; row < task.window.kernel; row++) add_rows<1, 1, 1, 8>(task, one, row);
  }
}

void add_image(const Task& task) {
  for (const Grid& grid : task.columns) {
    if (grid.spread == 1 && grid.stride == 1 && grid.taps == 3) {
      add_grid<3, 1>(task, grid);
    } else if (grid.spread == 1 && grid.stride == 1 && grid.taps == 5) {
      add_grid<5, 1>(task, grid);
    } else if (grid.spread == 1 && grid.stride == 1 && grid.taps == 7) {
      add_grid<7, 1>(task, grid);
    } else if (grid.spread == 1 && grid.stride == 2 && grid.taps == 3) {
      add_grid<3, 2>(task, grid);
    } else if (grid.spread == 1 && grid.stride == 2 && grid.taps == 5) {
      add_grid<5, 2>(task, grid);
    } else if (grid.spread == 1 && grid.stride == 2 && grid.taps == 7) {
      add_grid<7, 2>(task, grid);
    } else {
      add_taps(task, grid);
    }
  }
}

/** Partial sums of so many blocks of images, added in order. */
constexpr int64_t image_blocks = 8;

}  // namespace

void depthwise_filter_gradient(const float* x, const float* dy, float* dw, const Maps& maps, int64_t channels,
                               const Window& window, const ActivatedNorm* norm) {
  const std::vector<Grid> columns = forward_grids(maps.width, maps.out_width, window);
  const int64_t grain = (maps.batch + image_blocks - 1) / image_blocks;
  const int64_t blocks = (maps.batch + grain - 1) / grain;
  const int64_t size = window.taps() * channels;
  std::vector<float> partials(blocks * size);
  parallel_for(maps.batch, grain, [&](int64_t from, int64_t to) {
    float* sums = partials.data() + from / grain * size;
    static thread_local std::vector<float> activated;
    const int64_t map = maps.height * maps.width * channels, outputs = maps.out_height * maps.out_width * channels;
    if (norm != nullptr) activated.resize(std::max<size_t>(activated.size(), map));
    for (int64_t image = from; image < to; image++) {
      const float* source = x + image * map;
      if (norm != nullptr) {
        norm->apply(source, maps.height * maps.width, activated.data());
        source = activated.data();
      }
      for (int64_t channel = 0; channel < channels; channel += lanes) {
        const int used = static_cast<int>(std::min<int64_t>(lanes, channels - channel));
        const float* gradient = dy + image * outputs + channel;
        add_image({source + channel, gradient, sums + channel, maps, channels, window, columns, used});
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
