#include "depthwise.h"

#include <algorithm>

#include "depthwise-tile.h"
#include "grids.h"
#include "parallel.h"

namespace nasc {
namespace {

/** All outputs of a grid in one row, one vector of channels. */
using Line = void (*)(const KernelRow* rows, int count, const TileSteps& steps, int outputs, float* y, int channels);

template <int Taps, int Stride, int Outputs>
void tile(const KernelRow* rows, int count, const TileSteps& steps, int first, float* y, int channels) {
  bool checked = channels < lanes;
  for (int row = 0; row < count && !checked; row++) {
    checked = first * Stride < rows[row].low || (first + Outputs - 1) * Stride + Taps > rows[row].high;
  }
  float* to = y + first * steps.y;
  if (checked) {
    depthwise_tile<Taps, Stride, Outputs, true>(rows, count, steps, first, to, channels);
  } else {
    depthwise_tile<Taps, Stride, Outputs, false>(rows, count, steps, first, to, channels);
  }
}

/** Tiles of eight, four or one; the last one may begin early and write again what is there. */
template <int Taps, int Stride>
void line(const KernelRow* rows, int count, const TileSteps& steps, int outputs, float* y, int channels) {
  int first = 0;
  if (outputs >= 8) {
    for (; first + 8 <= outputs; first += 8) tile<Taps, Stride, 8>(rows, count, steps, first, y, channels);
    if (outputs - first > 4) return tile<Taps, Stride, 8>(rows, count, steps, outputs - 8, y, channels);
    if (outputs - first > 0) tile<Taps, Stride, 4>(rows, count, steps, outputs - 4, y, channels);
  } else if (outputs >= 4) {
    tile<Taps, Stride, 4>(rows, count, steps, 0, y, channels);
    if (outputs > 4) tile<Taps, Stride, 4>(rows, count, steps, outputs - 4, y, channels);
  } else {
    for (; first < outputs; first++) tile<Taps, Stride, 1>(rows, count, steps, first, y, channels);
  }
}

/** Nothing if no line slides: then every tap is a row of its own. */
Line sliding_line(const Grid& grid) {
  if (grid.spread != 1) return nullptr;
  if (grid.stride == 1) {
    switch (grid.taps) {
      case 1: return line<1, 1>;
      case 2: return line<2, 1>;
      case 3: return line<3, 1>;
      case 4: return line<4, 1>;
      case 5: return line<5, 1>;
      case 6: return line<6, 1>;
      case 7: return line<7, 1>;
    }
  } else if (grid.stride == 2) {
    switch (grid.taps) {
      case 3: return line<3, 2>;
      case 5: return line<5, 2>;
      case 7: return line<7, 2>;
    }
  }
  return nullptr;
}

/** Row of the source and row of the kernel that meet in a row of the destination. */
struct RowPair {
  int64_t source;
  int tap;
};

struct Correlation {
  const float* x;
  const float* w;
  float* y;
  int64_t batch, height, width, out_height, out_width, channels;
  int kernel;
  const ActivatedNorm* norm;
  std::vector<Grid> columns;
  /** For every row of the destination. */
  std::vector<std::vector<RowPair>> rows;
};

/** x: row 0 of the image, y: the row of the destination. */
void correlate_row(const Correlation& work, const float* x, int64_t row, float* y, std::vector<KernelRow>& lines) {
  const int64_t channels = work.channels;
  for (const Grid& grid : work.columns) {
    const Line slide = sliding_line(grid);
    const TileSteps steps{grid.unit * grid.stride * channels, grid.tap_step * channels, grid.step * channels};
    const TileSteps sliding{grid.unit * channels, steps.w, steps.y};
    for (int64_t channel = 0; channel < channels; channel += lanes) {
      // Filled field by field: a row that is put together first and copied then would wait for its own stores.
      size_t count = 0;
      const auto add = [&](const float* x, const float* w, int64_t low, int64_t high) {
        if (count == lines.size()) lines.emplace_back();
        KernelRow& line = lines[count++];
        line.x = x;
        line.w = w;
        line.low = static_cast<int>(low);
        line.high = static_cast<int>(high);
      };
      for (const auto& [source, tap] : work.rows[row]) {
        const float* from = x + (source * work.width + grid.origin) * channels + channel;
        const float* weights = work.w + (int64_t{tap} * work.kernel + grid.first_tap) * channels + channel;
        if (slide != nullptr) {
          add(from, weights, grid.low, grid.high);
          continue;
        }
        for (int k = 0; k < grid.taps; k++) {
          const int64_t at = int64_t{grid.spread} * k;
          // Outputs j with low <= stride * j + at < high.
          const auto inside = [&](int64_t limit) {
            return (std::max<int64_t>(limit - at, 0) + grid.stride - 1) / grid.stride;
          };
          const float* shifted = from + at * grid.unit * channels;
          add(shifted, weights + k * steps.w, inside(grid.low), inside(grid.high));
        }
      }
      const int used = static_cast<int>(std::min<int64_t>(lanes, channels - channel));
      (slide != nullptr ? slide : line<1, 1>)(lines.data(), static_cast<int>(count),
                                              slide != nullptr ? sliding : steps, static_cast<int>(grid.count),
                                              y + grid.first * channels + channel, used);
    }
  }
}

/** Multiply-accumulates that are worth a block of their own. */
constexpr int64_t block_work = 131072;
/** Floats of activated rows at a time: they fit the second-level cache. */
constexpr int64_t activated_floats = 65536;

/** Rows from..to-1 of the destination of an image. */
void correlate_rows(const Correlation& work, int64_t image, int64_t from, int64_t to) {
  static thread_local std::vector<KernelRow> lines;
  static thread_local std::vector<float> activated;
  const int64_t line = work.width * work.channels;
  const float* x = work.x + image * work.height * line;
  if (work.norm != nullptr) {
    int64_t low = work.height, high = 0;
    for (int64_t row = from; row < to; row++) {
      for (const RowPair& pair : work.rows[row]) {
        low = std::min(low, pair.source);
        high = std::max(high, pair.source + 1);
      }
    }
    activated.resize(std::max<size_t>(activated.size(), work.height * line));
    if (low < high) work.norm->apply(x + low * line, (high - low) * work.width, activated.data() + low * line);
    x = activated.data();
  }
  for (int64_t row = from; row < to; row++) {
    float* y = work.y + (image * work.out_height + row) * work.out_width * work.channels;
    correlate_row(work, x, row, y, lines);
  }
}

void correlate(const Correlation& work) {
  const int64_t row_work = work.out_width * work.channels * work.kernel * work.kernel;
  // Rows near the edge of a block are activated again by the next: blocks are as large as the cache allows.
  const int64_t wanted = work.norm == nullptr ? block_work / row_work : activated_floats / (work.width * work.channels);
  const int64_t rows = std::clamp<int64_t>(wanted, 1, work.out_height);
  const int64_t bands = (work.out_height + rows - 1) / rows;
  parallel_for(work.batch * bands, 1, [&](int64_t block, int64_t) {
    const int64_t from = block % bands * rows;
    correlate_rows(work, block / bands, from, std::min(from + rows, work.out_height));
  });
}

std::vector<std::vector<RowPair>> row_pairs(const std::vector<Grid>& grids, int64_t size) {
  std::vector<std::vector<RowPair>> rows(size);
  for (const Grid& grid : grids) {
    for (int64_t j = 0; j < grid.count; j++) {
      for (int k = 0; k < grid.taps; k++) {
        const int64_t index = grid.stride * j + int64_t{grid.spread} * k;
        if (index < grid.low || index >= grid.high) continue;
        const int64_t source = grid.origin + grid.unit * index;
        rows[grid.first + grid.step * j].push_back({source, grid.first_tap + grid.tap_step * k});
      }
    }
  }
  return rows;
}

}  // namespace

void depthwise(const float* x, const float* w, float* y, const Maps& maps, int64_t channels, const Window& window,
               const ActivatedNorm* norm) {
  correlate({x, w, y, maps.batch, maps.height, maps.width, maps.out_height, maps.out_width, channels, window.kernel, norm,
             forward_grids(maps.width, maps.out_width, window),
             row_pairs(forward_grids(maps.height, maps.out_height, window), maps.out_height)});
}

void depthwise_input_gradient(const float* dy, const float* w, float* dx, const Maps& maps, int64_t channels,
                              const Window& window) {
  correlate({dy, w, dx, maps.batch, maps.out_height, maps.out_width, maps.height, maps.width, channels, window.kernel,
             nullptr, backward_grids(maps.width, maps.out_width, window),
             row_pairs(backward_grids(maps.height, maps.out_height, window), maps.height)});
}

}  // namespace nasc
