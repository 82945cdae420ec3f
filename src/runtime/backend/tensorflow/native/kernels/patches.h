#pragma once

#include "grids.h"

namespace nasc {

/** Columns of a matrix of patches: `taps` neighbouring taps of one row of the kernel, some channels of each. */
struct Segment {
  int row, tap, taps;
  int64_t channel, channels;

  int64_t columns() const { return taps * channels; }
};

/** Segments that are gathered together, and how many columns they have. */
struct Chunk {
  std::vector<Segment> segments;
  int64_t columns;
};

/** Cuts the patches of rows x columns taps of so many channels into chunks that fit the caches. */
std::vector<Chunk> chunks_of(int row_taps, int column_taps, int64_t channels);

/** The map that patches are taken from: channels first..first+channels-1 of a group, out of `depth`. */
struct Source {
  const float* x;
  int64_t height, width, depth;
};

/**
 * Gathers columns of the patches first..first+count-1: to[count, ld], where destinations count over images, then the
 * rows and the columns of a pair of grids. What lies outside is zero.
 */
void gather_patches(const Source& source, const Grid& rows, const Grid& columns, const Chunk& chunk, int64_t first,
                    int64_t count, float* to, int64_t ld);

/** Whether the destinations are all pixels of a map in order. */
inline bool are_dense(const Grid& rows, const Grid& columns) { return rows.step == 1 && columns.step == 1; }

/** Whether patches are the pixels themselves: a 1x1 convolution without a stride, forward or backward. */
inline bool are_pixels(const Grid& rows, const Grid& columns) {
  return are_dense(rows, columns) && rows.taps * columns.taps == 1 && rows.stride * rows.unit == 1 &&
         columns.stride * columns.unit == 1;
}

/** Walks over destinations of a pair of grids: over images, then rows, then columns. */
struct Place {
  int64_t image, row, column;
  const Grid& rows;
  const Grid& columns;

  Place(const Grid& rows, const Grid& columns, int64_t index)
      : image(index / columns.count / rows.count),
        row(index / columns.count % rows.count),
        column(index % columns.count),
        rows(rows),
        columns(columns) {}

  void next() {
    if (++column < columns.count) return;
    column = 0;
    if (++row < rows.count) return;
    row = 0;
    image++;
  }

  /** Its pixel in a map of that size. */
  int64_t pixel(int64_t height, int64_t width) const {
    return (image * height + rows.first + rows.step * row) * width + columns.first + columns.step * column;
  }
};

}  // namespace nasc
