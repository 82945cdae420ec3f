#pragma once

#include <cstdint>
#include <vector>

namespace nasc {

/** One map of a weighted sum; `mean` and `inverse` are null unless its batch norm is meant. */
struct Term {
  const float* x;
  float weight;
  const float* mean;
  const float* inverse;
};

/** y = sum of weight * x, or of weight * (x - mean) * inverse channel by channel; y may be the x of one of them. */
void normalised_sum(const std::vector<Term>& terms, float* y, int64_t rows, int64_t channels);

}  // namespace nasc
