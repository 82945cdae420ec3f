// How work is cut into blocks that fit the first cache. The cut depends on sizes alone: see parallel.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "parallel.h"

/** Before a loop that may write where it has read, at the same place and nowhere else: it is still made of vectors. */
#if defined(__clang__)
#define NASC_SAME_PLACE _Pragma("clang loop vectorize(assume_safety)")
#else
#define NASC_SAME_PLACE _Pragma("GCC ivdep")
#endif

namespace nasc {

/** Floats of one operand in a block. */
constexpr int64_t block_floats = 8192;

/** `body(begin, end)` over elements. */
template <typename Body>
void for_elements(int64_t count, Body&& body) {
  parallel_for(count, block_floats, body);
}

/** Rows of `width` floats that make a block. */
inline int64_t rows_per_block(int64_t width) {
  const int64_t rows = block_floats / (width > 0 ? width : 1);
  return rows > 0 ? rows : 1;
}

/** `body(begin, end)` over rows of `width` floats. */
template <typename Body>
void for_rows(int64_t rows, int64_t width, Body&& body) {
  parallel_for(rows, rows_per_block(width), body);
}

/** Sums of `width` numbers each, made block by block and added in the order of the blocks: `body(begin, end, sums)`. */
template <typename Body>
std::vector<double> sum_blocks(int64_t count, int64_t grain, int64_t width, Body&& body) {
  const int64_t blocks = (count + grain - 1) / grain;
  std::vector<float> partial(static_cast<size_t>(blocks * width), 0.0f);
  float* const parts = partial.data();
  parallel_for(count, grain, [&](int64_t begin, int64_t end) { body(begin, end, parts + begin / grain * width); });
  std::vector<double> sums(static_cast<size_t>(width), 0.0);
  for (int64_t i = 0; i < blocks * width; i++) sums[static_cast<size_t>(i % width)] += parts[i];
  return sums;
}

}  // namespace nasc
