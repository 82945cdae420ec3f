#include "../kernels/sums.h"

#include <algorithm>
#include <cmath>

#include "../op.h"
#include "ops.h"

namespace nasc {

static void add_op(Call& call) {
  const Dims x = call.dims(0);
  weighted_sum(call.inputs_from(0), {}, call.output(0, x), x.count());
}

/** Settings: for every term the position of its weight. */
static void weighted_sum_op(Call& call) {
  const Dims x = call.dims(1);
  std::vector<float> weights;
  for (const int64_t index : call.integers()) weights.push_back(call.input(0)[index]);
  weighted_sum(call.inputs_from(1), weights, call.output(0, x), x.count());
}

/** Settings: for every term the position of its weight. */
static void weighted_sum_gradient_op(Call& call) {
  const Dims weights = call.dims(0);
  const std::vector<double> products = dot_products(call.input(1), call.inputs_from(2), call.dims(1).count());
  std::vector<double> sums(static_cast<size_t>(weights.count()), 0.0);
  for (size_t term = 0; term < products.size(); term++) {
    sums[static_cast<size_t>(call.integer(static_cast<int>(term)))] += products[term];
  }
  float* dweights = call.output(0, weights);
  for (size_t i = 0; i < sums.size(); i++) dweights[i] = static_cast<float>(sums[i]);
}

static void dot_op(Call& call) {
  const std::vector<double> product = dot_products(call.input(0), {call.input(1)}, call.dims(0).count());
  *call.output(0, Dims()) = static_cast<float>(product[0]);
}

/** Settings: the norm that gradients are clipped to. */
static void clip_scale_op(Call& call) {
  std::vector<int64_t> counts;
  for (int i = 0; i < call.inputs(); i++) counts.push_back(call.dims(i).count());
  const double norm = std::sqrt(sum_of_squares(call.inputs_from(0), counts));
  *call.output(0, Dims()) = static_cast<float>(std::min(1.0, call.real(0) / (norm + 1e-6)));
}

bool define_sums() {
  return define_op<add_op>("NascAdd") && define_op<weighted_sum_op>("NascWeightedSum") &&
         define_op<weighted_sum_gradient_op>("NascWeightedSumGradient") && define_op<dot_op>("NascDot") &&
         define_op<clip_scale_op>("NascClipScale");
}

}  // namespace nasc
