#include "../kernels/depthwise.h"

#include "../op.h"
#include "ops.h"
#include "windows.h"

namespace nasc {

// Settings: stride and dilation; of the input gradient also height and width of the map, of the filter gradients the size
// of the kernel.

static void depthwise_op(Call& call) {
  const Dims x = call.dims(0);
  const Window window = window_of(call, call.dims(1)[0]);
  const Maps maps = maps_of(x, window);
  depthwise(call.input(0), call.input(1), call.output(0, outputs_of(maps, x[3])), maps, x[3], window);
}

static void input_gradient_op(Call& call) {
  const Dims dy = call.dims(0);
  const Window window = window_of(call, call.dims(1)[0]);
  const Dims x = map_of(dy[0], call.integer(2), call.integer(3), dy[3]);
  depthwise_input_gradient(call.input(0), call.input(1), call.output(0, x), maps_of(x, window), x[3], window);
}

static void filter_gradient_op(Call& call) {
  const Dims x = call.dims(0);
  const Window window = window_of(call, call.integer(2));
  float* dw = call.output(0, {3, {window.kernel, window.kernel, x[3]}});
  depthwise_filter_gradient(call.input(0), call.input(1), dw, maps_of(x, window), x[3], window);
}

bool define_depthwise() {
  return define_op<depthwise_op>("NascDepthwise") && define_op<input_gradient_op>("NascDepthwiseInputGradient") &&
         define_op<filter_gradient_op>("NascDepthwiseFilterGradient");
}

}  // namespace nasc
