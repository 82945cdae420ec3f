#include "../kernels/axes.h"

#include <algorithm>

#include "../op.h"
#include "ops.h"

namespace nasc {

/** The numbers of a shape at the end of four axes, `otherwise` in front. */
template <typename Of>
static Axes axes_of(int rank, int64_t otherwise, Of of) {
  Axes axes;
  for (int axis = 0; axis < 4; axis++) axes.of[axis] = axis < 4 - rank ? otherwise : of(axis - (4 - rank));
  return axes;
}

static Axes sizes_of(const Dims& dims) {
  return axes_of(dims.rank, 1, [&](int axis) { return dims[axis]; });
}

/** Where a block begins in a tensor of those steps, by settings from `first` on. */
static int64_t start_of(const Call& call, int first, int rank, const Axes& steps) {
  int64_t start = 0;
  for (int axis = 0; axis < rank; axis++) start += call.integer(first + axis) * steps[4 - rank + axis];
  return start;
}

static Dims dims_at(const Call& call, int first, int rank) {
  Dims dims;
  dims.rank = rank;
  for (int axis = 0; axis < rank; axis++) dims.size[axis] = call.integer(first + axis);
  return dims;
}

/** Settings: where the block begins, and its shape. */
static void slice_op(Call& call) {
  const Dims x = call.dims(0), y = dims_at(call, x.rank, x.rank);
  const Axes steps = steps_of(sizes_of(x));
  const float* from = call.input(0) + start_of(call, 0, x.rank, steps);
  copy_axes(from, steps, call.output(0, y), steps_of(sizes_of(y)), sizes_of(y));
}

/** Settings: where the block begins, and the shape around it. */
static void embed_op(Call& call) {
  const Dims x = call.dims(0), y = dims_at(call, x.rank, x.rank);
  const Axes steps = steps_of(sizes_of(y));
  float* to = call.output(0, y);
  fill(to, 0, y.count());
  copy_axes(call.input(0), steps_of(sizes_of(x)), to + start_of(call, 0, x.rank, steps), steps, sizes_of(x));
}

/** Settings: the order of the axes. */
static void transpose_op(Call& call) {
  const Dims x = call.dims(0);
  Dims y = x;
  for (int axis = 0; axis < x.rank; axis++) y.size[axis] = x[static_cast<int>(call.integer(axis))];
  const Axes steps = steps_of(sizes_of(x));
  const Axes from = axes_of(x.rank, 1, [&](int axis) { return steps[static_cast<int>(4 - x.rank + call.integer(axis))]; });
  copy_axes(call.input(0), from, call.output(0, y), steps_of(sizes_of(y)), sizes_of(y));
}

/** Settings: the shape; the value. */
static void fill_op(Call& call) {
  const Dims y = dims_at(call, 0, static_cast<int>(call.integers().size()));
  fill(call.output(0, y), static_cast<float>(call.real(0)), y.count());
}

/** Settings: the shape; the values. */
static void constant_op(Call& call) {
  const Dims y = dims_at(call, 0, static_cast<int>(call.integers().size()));
  float* to = call.output(0, y);
  for (const double value : call.reals()) *to++ = static_cast<float>(value);
}

/** Settings: the other shape. */
static void reshape_op(Call& call) {
  const Dims y = dims_at(call, 0, static_cast<int>(call.integers().size()));
  const float* from = call.input(0);
  float* to = call.output(0, y);
  if (to != from) std::copy_n(from, y.count(), to);
}

bool define_axes() {
  return define_op<slice_op>("NascSlice") && define_op<embed_op>("NascEmbed") &&
         define_op<transpose_op>("NascTranspose") && define_op<fill_op>("NascFill") &&
         define_op<constant_op>("NascConstant") && define_op<reshape_op>("NascReshape");
}

}  // namespace nasc
