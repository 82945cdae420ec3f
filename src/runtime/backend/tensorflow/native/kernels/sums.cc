#include "sums.h"

#include "blocks.h"
#include "simd.h"

namespace nasc {

namespace {

/** The dot product of two short runs, in four sums that do not wait for each other. */
float dot(const float* a, const float* b, int64_t count) {
  Vector sums[4] = {};
  int64_t i = 0;
  for (; i + 4 * lanes <= count; i += 4 * lanes) {
    for (int k = 0; k < 4; k++) sums[k] += load(a + i + k * lanes) * load(b + i + k * lanes);
  }
  for (; i + lanes <= count; i += lanes) sums[0] += load(a + i) * load(b + i);
  const int rest = static_cast<int>(count - i);
  if (rest > 0) sums[1] += load_first(a + i, rest) * load_first(b + i, rest);
  return horizontal_sum((sums[0] + sums[1]) + (sums[2] + sums[3]));
}

}  // namespace

void weighted_sum(const std::vector<const float*>& terms, const std::vector<float>& weights, float* y, int64_t count) {
  const size_t size = terms.size();
  const auto weight = [&](size_t term) { return splat(weights.empty() ? 1.0f : weights[term]); };
  parallel_for(count, block_floats / 2, [&](int64_t begin, int64_t end) {
    int64_t i = begin;
    // All terms of a few vectors are added up before y is written, which may be one of the terms.
    for (; i + 4 * lanes <= end; i += 4 * lanes) {
      Vector sums[4] = {};
      for (size_t term = 0; term < size; term++) {
        const Vector factor = weight(term);
        for (int k = 0; k < 4; k++) sums[k] += factor * load(terms[term] + i + k * lanes);
      }
      for (int k = 0; k < 4; k++) store(y + i + k * lanes, sums[k]);
    }
    for (; i < end; i += lanes) {
      const int rest = static_cast<int>(end - i < lanes ? end - i : lanes);
      Vector sum = {};
      for (size_t term = 0; term < size; term++) sum += weight(term) * load_first(terms[term] + i, rest);
      store_first(y + i, sum, rest);
    }
  });
}

std::vector<double> dot_products(const float* x, const std::vector<const float*>& terms, int64_t count) {
  const auto width = static_cast<int64_t>(terms.size());
  return sum_blocks(count, block_floats / 2, width, [&](int64_t begin, int64_t end, float* sums) {
    for (int64_t term = 0; term < width; term++) {
      sums[term] = dot(x + begin, terms[static_cast<size_t>(term)] + begin, end - begin);
    }
  });
}

double sum_of_squares(const std::vector<const float*>& tensors, const std::vector<int64_t>& counts) {
  double sum = 0;
  for (size_t i = 0; i < tensors.size(); i++) sum += dot_products(tensors[i], {tensors[i]}, counts[i])[0];
  return sum;
}

}  // namespace nasc
