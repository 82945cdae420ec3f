// Loops over the channels of rows, a vector of channels at a time.
#pragma once

#include <cstdint>

#include "simd.h"

namespace nasc {

/** `body(from, count)`: a vector of channels, of which the last may be shorter. */
template <typename Body>
void for_channels(int64_t channels, Body&& body) {
  int64_t from = 0;
  for (; from + lanes <= channels; from += lanes) body(from, lanes);
  if (from < channels) body(from, static_cast<int>(channels - from));
}

/** The sum of `term(row)` over rows, in four sums that do not wait for each other. */
template <typename Term>
Vector sum_rows(int64_t rows, Term&& term) {
  Vector sums[4] = {};
  int64_t row = 0;
  for (; row + 4 <= rows; row += 4) {
    sums[0] += term(row);
    sums[1] += term(row + 1);
    sums[2] += term(row + 2);
    sums[3] += term(row + 3);
  }
  for (; row < rows; row++) sums[0] += term(row);
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

/** `body(position, read, write)` for one vector of channels of every row; whole vectors without a mask. */
template <typename Body>
void for_row_vectors(int64_t begin, int64_t end, int64_t channels, int64_t from, int count, Body&& body) {
  if (count == lanes) {
    const auto read = [](const float* at) { return load(at); };
    const auto write = [](float* at, Vector value) { store(at, value); };
    for (int64_t row = begin; row < end; row++) body(row * channels + from, read, write);
    return;
  }
  const auto read = [count](const float* at) { return load_first(at, count); };
  const auto write = [count](float* at, Vector value) { store_first(at, value, count); };
  for (int64_t row = begin; row < end; row++) body(row * channels + from, read, write);
}

}  // namespace nasc
