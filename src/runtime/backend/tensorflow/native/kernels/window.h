#pragma once

#include <cstdint>

namespace nasc {

/** A square sliding window. */
struct Window {
  int kernel, stride, dilation;

  int taps() const { return kernel * kernel; }
  /** Zeros on the top and the left; the bottom and the right get what keeps ceil(size / stride). */
  int padding() const { return dilation * (kernel - 1) / 2; }
};

/** Sizes of the map that a window slides over, and of what it gives. */
struct Maps {
  int64_t batch, height, width, out_height, out_width;

  int64_t pixels() const { return batch * height * width; }
  int64_t out_pixels() const { return batch * out_height * out_width; }
};

}  // namespace nasc
