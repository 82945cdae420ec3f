#include "convolution.h"

#include <algorithm>
#include <memory>

#include "gemm.h"
#include "parallel.h"
#include "patches.h"

namespace nasc {
namespace {

/** One group of a convolution, forward or backward: the pixels of `to` are sums over patches of `from`. */
struct Side {
  Source from;
  /** Channels of the group at the source and at the destination. */
  int64_t inner, outer;
  float* to;
  int64_t to_height, to_width, to_depth;
  /** Weight of tap, inner and outer channel: w[tap * tap_step + inner * inner_step + outer * outer_step]. */
  const float* w;
  int64_t tap_step, inner_step, outer_step;
  int64_t batch;
  int kernel;
};

/** Destinations of a block: what is gathered for them fits the second-level cache. */
constexpr int64_t block_rows = 96;
/** Multiply-accumulates that are worth a block of their own. */
constexpr int64_t block_work = 262144;
/** So many blocks keep all threads of a machine busy; panels are shared out too where there are fewer. */
constexpr int64_t enough_blocks = 16;

struct Packed {
  std::vector<Panel> panels;
  std::vector<Chunk> chunks;
  /** Of every chunk, the start of its packed rows. */
  std::vector<int64_t> starts;
  std::unique_ptr<float[]> weights;
};

Packed pack_weights(const Side& side, const Grid& rows, const Grid& columns) {
  Packed packed{panels_of(side.outer), chunks_of(rows.taps, columns.taps, side.inner), {}, nullptr};
  int64_t size = 0;
  for (const Chunk& chunk : packed.chunks) {
    packed.starts.push_back(size);
    size += packed_size(chunk.columns, side.outer);
  }
  packed.weights.reset(new float[size]);
  const int64_t panels = packed.panels.size();
  const int64_t pieces = panels * static_cast<int64_t>(packed.chunks.size());
  const int64_t grain = 65536 / (size / pieces + 1) + 1;
  parallel_for(pieces, grain, [&](int64_t at, int64_t end) {
    for (; at < end; at++) {
      const Chunk& chunk = packed.chunks[at / panels];
      const Panel& panel = packed.panels[at % panels];
      float* to = packed.weights.get() + packed.starts[at / panels] + panel.first * chunk.columns;
      for (const Segment& segment : chunk.segments) {
        for (int i = 0; i < segment.taps; i++) {
          const int tap = (rows.first_tap + rows.tap_step * segment.row) * side.kernel + columns.first_tap +
                          columns.tap_step * (segment.tap + i);
          pack(side.w + tap * side.tap_step + segment.channel * side.inner_step, side.inner_step, side.outer_step,
               segment.channels, panel, to);
          to += segment.channels * panel.width();
        }
      }
    }
  });
  return packed;
}

/** Destinations that no tap reaches. */
void clear_pixels(const Side& side, const Grid& rows, const Grid& columns) {
  Place place(rows, columns, 0);
  for (int64_t i = 0; i < side.batch * rows.count * columns.count; i++, place.next()) {
    std::fill_n(side.to + place.pixel(side.to_height, side.to_width) * side.to_depth, side.outer, 0.0f);
  }
}

/** The destinations of a pair of grids. */
void correlate(const Side& side, const Grid& rows, const Grid& columns) {
  if (rows.taps == 0 || columns.taps == 0) return clear_pixels(side, rows, columns);
  const Packed packed = pack_weights(side, rows, columns);
  const int64_t pixels = side.batch * rows.count * columns.count;
  const int64_t inner = side.inner, outer = side.outer;
  const bool dense = are_dense(rows, columns);
  // Rows of several chunks would lie a power of two apart and share few sets of the cache.
  const bool direct = are_pixels(rows, columns) && packed.chunks.size() == 1;
  const int64_t pixel_work = rows.taps * columns.taps * inner * outer;
  const int64_t grain = direct ? std::max(block_rows, block_work / pixel_work / block_rows * block_rows) : block_rows;
  const int64_t blocks = (pixels + grain - 1) / grain;
  const int64_t panels = packed.panels.size();
  const int64_t shares = std::min(panels, (enough_blocks + blocks - 1) / blocks);
  parallel_for(blocks * shares, 1, [&](int64_t index, int64_t) {
    const int64_t first = index / shares * grain, share = index % shares;
    const int64_t count = std::min(grain, pixels - first);
    const int64_t first_panel = panels * share / shares, end_panel = panels * (share + 1) / shares;
    const auto product = [&](const float* a, int64_t lda, size_t chunk, float* c, int64_t ldc) {
      const int64_t k = packed.chunks[chunk].columns;
      for (int64_t i = first_panel; i < end_panel; i++) {
        const Panel& panel = packed.panels[i];
        const float* weights = packed.weights.get() + packed.starts[chunk] + panel.first * k;
        multiply(a, lda, weights, panel, c, ldc, count, k, chunk > 0);
      }
    };
    float* to = side.to + first * side.to_depth;
    if (direct) return product(side.from.x + first * side.from.depth, side.from.depth, 0, to, side.to_depth);
    static thread_local std::vector<float> patches, results;
    for (size_t chunk = 0; chunk < packed.chunks.size(); chunk++) {
      const int64_t ld = packed.chunks[chunk].columns / lanes * lanes + lanes;
      patches.resize(std::max<size_t>(patches.size(), grain * ld));
      gather_patches(side.from, rows, columns, packed.chunks[chunk], first, count, patches.data(), ld);
      if (dense) {
        product(patches.data(), ld, chunk, to, side.to_depth);
      } else {
        results.resize(std::max<size_t>(results.size(), grain * outer));
        product(patches.data(), ld, chunk, results.data(), outer);
      }
    }
    if (dense) return;
    const Panel& last = packed.panels[end_panel - 1];
    const int64_t from = packed.panels[first_panel].first, end = last.first + last.width() - lanes + last.last;
    Place place(rows, columns, first);
    for (int64_t i = 0; i < count; i++, place.next()) {
      float* pixel = side.to + place.pixel(side.to_height, side.to_width) * side.to_depth;
      std::copy(results.data() + i * outer + from, results.data() + i * outer + end, pixel + from);
    }
  });
}

void correlate(const Side& side, const std::vector<Grid>& rows, const std::vector<Grid>& columns) {
  for (const Grid& row : rows) {
    for (const Grid& column : columns) correlate(side, row, column);
  }
}

}  // namespace

void convolution(const float* x, const float* w, float* y, const Maps& maps, const Depths& depths,
                 const Window& window) {
  const std::vector<Grid> rows = forward_grids(maps.height, maps.out_height, window);
  const std::vector<Grid> columns = forward_grids(maps.width, maps.out_width, window);
  const int64_t inner = depths.group_channels(), outer = depths.group_filters();
  for (int64_t group = 0; group < depths.groups; group++) {
    correlate({{x + group * inner, maps.height, maps.width, depths.channels},
               inner, outer,
               y + group * outer, maps.out_height, maps.out_width, depths.filters,
               w + group * outer, inner * depths.filters, depths.filters, 1,
               maps.batch, window.kernel},
              rows, columns);
  }
}

void convolution_input_gradient(const float* dy, const float* w, float* dx, const Maps& maps, const Depths& depths,
                                const Window& window) {
  const std::vector<Grid> rows = backward_grids(maps.height, maps.out_height, window);
  const std::vector<Grid> columns = backward_grids(maps.width, maps.out_width, window);
  const int64_t channels = depths.group_channels(), filters = depths.group_filters();
  for (int64_t group = 0; group < depths.groups; group++) {
    correlate({{dy + group * filters, maps.out_height, maps.out_width, depths.filters},
               filters, channels,
               dx + group * channels, maps.height, maps.width, depths.channels,
               w + group * filters, channels * depths.filters, 1, depths.filters,
               maps.batch, window.kernel},
              rows, columns);
  }
}

}  // namespace nasc
