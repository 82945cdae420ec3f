#include "patches.h"

#include <algorithm>

#include "simd.h"

namespace nasc {
namespace {

/** Columns of a chunk: a tile of rows of them fits the first-level cache, a panel of weights the second. */
constexpr int64_t chunk_columns = 576;

void copy(const float* from, float* to, int64_t count) {
  int64_t i = 0;
  for (; i + lanes <= count; i += lanes) store(to + i, load(from + i));
  for (; i < count; i++) to[i] = from[i];
}

void clear(float* to, int64_t count) {
  int64_t i = 0;
  for (; i + lanes <= count; i += lanes) store(to + i, Vector{});
  for (; i < count; i++) to[i] = 0;
}

}  // namespace

std::vector<Chunk> chunks_of(int row_taps, int column_taps, int64_t channels) {
  std::vector<Segment> segments;
  for (int row = 0; row < row_taps; row++) {
    if (column_taps * channels <= chunk_columns) {
      segments.push_back({row, 0, column_taps, 0, channels});
      continue;
    }
    for (int tap = 0; tap < column_taps; tap++) {
      for (int64_t channel = 0; channel < channels; channel += chunk_columns) {
        segments.push_back({row, tap, 1, channel, std::min(chunk_columns, channels - channel)});
      }
    }
  }
  std::vector<Chunk> chunks;
  for (const Segment& segment : segments) {
    if (chunks.empty() || chunks.back().columns + segment.columns() > chunk_columns) chunks.push_back({{}, 0});
    chunks.back().segments.push_back(segment);
    chunks.back().columns += segment.columns();
  }
  return chunks;
}

void gather_patches(const Source& source, const Grid& rows, const Grid& columns, const Chunk& chunk, int64_t first,
                    int64_t count, float* to, int64_t ld) {
  const int64_t row_pixels = source.width * source.depth;
  const int64_t tap_step = columns.unit * columns.spread * source.depth;
  Place place(rows, columns, first);
  for (int64_t i = 0; i < count; i++, place.next()) {
    float* out = to + i * ld;
    const float* image = source.x + place.image * source.height * row_pixels;
    const int64_t across = columns.stride * place.column;
    for (const Segment& segment : chunk.segments) {
      const int64_t down = rows.stride * place.row + int64_t{rows.spread} * segment.row;
      const bool inside = down >= rows.low && down < rows.high;
      // The taps of the segment from `begin` to `end` lie inside.
      int begin = 0, end = inside ? segment.taps : 0;
      while (begin < end && across + int64_t{columns.spread} * (segment.tap + begin) < columns.low) begin++;
      while (begin < end && across + int64_t{columns.spread} * (segment.tap + end - 1) >= columns.high) end--;
      if (begin == end) {
        clear(out, segment.columns());
        out += segment.columns();
        continue;
      }
      const float* from = image + (rows.origin + rows.unit * down) * row_pixels + segment.channel +
                          (columns.origin + columns.unit * across) * source.depth + (segment.tap + begin) * tap_step;
      clear(out, begin * segment.channels);
      if (tap_step == segment.channels) {
        copy(from, out + begin * segment.channels, (end - begin) * segment.channels);
      } else {
        for (int tap = begin; tap < end; tap++, from += tap_step) {
          copy(from, out + tap * segment.channels, segment.channels);
        }
      }
      clear(out + end * segment.channels, (segment.taps - end) * segment.channels);
      out += segment.columns();
    }
  }
}

}  // namespace nasc
