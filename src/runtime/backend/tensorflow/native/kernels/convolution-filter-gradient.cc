#include <algorithm>
#include <memory>

#include "convolution.h"
#include "gemm.h"
#include "parallel.h"
#include "patches.h"

namespace nasc {
namespace {

/** Pixels whose patches are gathered at once: they and the gradients stay in the caches. */
constexpr int64_t block_pixels = 64;
/** Tasks that one filter gradient is cut into, if it has the pixels. */
constexpr int64_t enough_tasks = 16;
/** Partial sums take no more floats than this. */
constexpr int64_t partial_floats = 1 << 20;

struct Group {
  Source x;
  const float* dy;
  float* dw;
  int64_t channels, filters, all_filters;
  const Maps& maps;
  const Window& window;
};

/** Adds the sums of pixels first..end-1 to sums[chunk.columns, filters]. */
void add_pixels(const Group& group, const Grid& rows, const Grid& columns, const Chunk& chunk,
                const std::vector<Panel>& panels, int64_t first, int64_t end, float* sums) {
  static thread_local std::vector<float> patches, gradients;
  const bool dense = are_dense(rows, columns), direct = are_pixels(rows, columns);
  const int64_t ld = chunk.columns / lanes * lanes + lanes;
  if (!direct) patches.resize(std::max<size_t>(patches.size(), block_pixels * ld));
  if (!dense) gradients.resize(std::max<size_t>(gradients.size(), block_pixels * group.filters));
  for (; first < end; first += block_pixels) {
    const int64_t count = std::min(block_pixels, end - first);
    const float* a = group.x.x + first * group.x.depth + chunk.segments.front().channel;
    if (!direct) {
      gather_patches(group.x, rows, columns, chunk, first, count, patches.data(), ld);
      a = patches.data();
    }
    const float* d = group.dy + first * group.all_filters;
    if (!dense) {
      Place place(rows, columns, first);
      for (int64_t i = 0; i < count; i++, place.next()) {
        const int64_t pixel = place.pixel(group.maps.out_height, group.maps.out_width);
        std::copy_n(group.dy + pixel * group.all_filters, group.filters, gradients.data() + i * group.filters);
      }
      d = gradients.data();
    }
    for (const Panel& panel : panels) {
      multiply_transposed(a, direct ? group.x.depth : ld, d, dense ? group.all_filters : group.filters, panel, sums,
                          group.filters, count, chunk.columns);
    }
  }
}

/** Adds the sums of the destinations of a pair of grids to dw. */
void add_grids(const Group& group, const Grid& rows, const Grid& columns) {
  const std::vector<Chunk> chunks = chunks_of(rows.taps, columns.taps, group.channels);
  const std::vector<Panel> panels = panels_of(group.filters);
  const int64_t pixels = group.maps.batch * rows.count * columns.count;
  const int64_t count = chunks.size();
  // Partial sums over parts of the pixels, added in order.
  const int64_t total = group.window.taps() * group.channels * group.filters;
  const int64_t wanted = std::min((enough_tasks + count - 1) / count, std::max<int64_t>(1, partial_floats / total));
  const int64_t blocks = (pixels + block_pixels - 1) / block_pixels;
  const int64_t grain = (blocks + wanted - 1) / wanted * block_pixels;
  const int64_t parts = (pixels + grain - 1) / grain;
  std::vector<int64_t> starts;
  int64_t size = 0;
  for (const Chunk& chunk : chunks) {
    starts.push_back(size);
    size += chunk.columns * group.filters;
  }
  const std::unique_ptr<float[]> partials(new float[parts * size]);
  parallel_for(parts * count, 1, [&](int64_t task, int64_t) {
    const int64_t part = task / count, chunk = task % count;
    float* sums = partials.get() + part * size + starts[chunk];
    std::fill_n(sums, chunks[chunk].columns * group.filters, 0.0f);
    add_pixels(group, rows, columns, chunks[chunk], panels, part * grain, std::min(pixels, (part + 1) * grain), sums);
  });
  const int64_t adding = std::max<int64_t>(1, 65536 / group.filters / parts);
  parallel_for(size / group.filters, adding, [&](int64_t from, int64_t to) {
    int64_t row = 0;
    for (const Chunk& chunk : chunks) {
      for (const Segment& segment : chunk.segments) {
        for (int64_t i = 0; i < segment.columns(); i++, row++) {
          if (row < from || row >= to) continue;
          const int64_t tap = (rows.first_tap + rows.tap_step * segment.row) * group.window.kernel + columns.first_tap +
                              columns.tap_step * (segment.tap + i / segment.channels);
          const int64_t channel = segment.channel + i % segment.channels;
          float* dw = group.dw + (tap * group.channels + channel) * group.all_filters;
          for (int64_t part = 0; part < parts; part++) {
            const float* sums = partials.get() + part * size + row * group.filters;
            for (int64_t filter = 0; filter < group.filters; filter++) dw[filter] += sums[filter];
          }
        }
      }
    }
  });
}

}  // namespace

void convolution_filter_gradient(const float* x, const float* dy, float* dw, const Maps& maps, const Depths& depths,
                                 const Window& window) {
  const std::vector<Grid> rows = forward_grids(maps.height, maps.out_height, window);
  const std::vector<Grid> columns = forward_grids(maps.width, maps.out_width, window);
  const int64_t channels = depths.group_channels(), filters = depths.group_filters();
  std::fill_n(dw, window.taps() * channels * depths.filters, 0.0f);
  for (int64_t group = 0; group < depths.groups; group++) {
    const Group one{{x + group * channels, maps.height, maps.width, depths.channels},
                    dy + group * filters, dw + group * filters, channels, filters, depths.filters, maps, window};
    for (const Grid& row : rows) {
      for (const Grid& column : columns) add_grids(one, row, column);
    }
  }
}

}  // namespace nasc
