// Sums over several tensors of one size, and dot products.
#pragma once

#include <cstdint>
#include <vector>

namespace nasc {

/** y = sum of weights[i] * terms[i], or of terms[i] where `weights` is empty; y may be one of them. */
void weighted_sum(const std::vector<const float*>& terms, const std::vector<float>& weights, float* y, int64_t count);

/** The sum of x * terms[i] for every i. */
std::vector<double> dot_products(const float* x, const std::vector<const float*>& terms, int64_t count);

/** The sum of squares of all tensors. */
double sum_of_squares(const std::vector<const float*>& tensors, const std::vector<int64_t>& counts);

}  // namespace nasc
