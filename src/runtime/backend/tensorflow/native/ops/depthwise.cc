#include "../kernels/depthwise.h"

#include "ops.h"
#include "windows.h"

namespace nasc {

// Settings: stride, dilation; then what the shape of the output is made of.

static void depthwise_op(Call& call) {
  const Dims x = call.dims(0);
  const Window window = window_of(call, call.dims(1)[0]);
  const Maps maps = maps_of(x, window);
  depthwise(call.input(0), call.input(1), call.output(0, windowed_map(maps, x[3])), maps, x[3], window);
}

/** Also height and width of x. */
static void input_gradient_op(Call& call) {
  const Dims dy = call.dims(0);
  const Dims x = map_of(dy[0], call.integer(2), call.integer(3), dy[3]);
  const Window window = window_of(call, call.dims(1)[0]);
  depthwise_input_gradient(call.input(0), call.input(1), call.output(0, x), maps_of(x, window), x[3], window);
}

/** Also the size of the kernel. */
static void filter_gradient_op(Call& call) {
  const Dims x = call.dims(0);
  const int64_t kernel = call.integer(2);
  const Window window = window_of(call, kernel);
  float* dw = call.output(0, Dims{3, {kernel, kernel, x[3]}});
  depthwise_filter_gradient(call.input(0), call.input(1), dw, maps_of(x, window), x[3], window);
}

bool define_depthwise() {
  return define_op<depthwise_op>("NascDepthwise") && define_op<input_gradient_op>("NascDepthwiseInputGradient") &&
         define_op<filter_gradient_op>("NascDepthwiseFilterGradient");
}

}  // namespace nasc
