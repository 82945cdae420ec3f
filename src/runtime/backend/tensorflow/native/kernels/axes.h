// Blocks of tensors of up to four axes, and their axes in another order.
#pragma once

#include <cstdint>

namespace nasc {

/** Sizes or steps along four axes; shorter shapes have ones in front. */
struct Axes {
  int64_t of[4];

  int64_t operator[](int axis) const { return of[axis]; }
};

/** Floats between neighbours along every axis of a dense tensor. */
Axes steps_of(const Axes& sizes);

/** y[i, j, k, l] = x[i, j, k, l], where x and y each have steps of their own: blocks, and axes in another order. */
void copy_axes(const float* x, const Axes& from, float* y, const Axes& to, const Axes& sizes);

/** y = value */
void fill(float* y, float value, int64_t count);

}  // namespace nasc
