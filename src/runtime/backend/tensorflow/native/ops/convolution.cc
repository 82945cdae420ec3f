#include "../kernels/convolution.h"

#include "../op.h"
#include "ops.h"
#include "windows.h"

namespace nasc {

// Settings: stride, dilation and groups; of the input gradient also height and width of the map, of the filter gradient
// the size of the kernel.

static void convolution_op(Call& call) {
  const Dims x = call.dims(0), w = call.dims(1);
  const Window window = window_of(call, w[0]);
  const Maps maps = maps_of(x, window);
  convolution(call.input(0), call.input(1), call.output(0, outputs_of(maps, w[3])), maps, {x[3], w[3], call.integer(2)},
              window);
}

static void input_gradient_op(Call& call) {
  const Dims dy = call.dims(0), w = call.dims(1);
  const Window window = window_of(call, w[0]);
  const Depths depths = {w[2] * call.integer(2), dy[3], call.integer(2)};
  const Dims x = map_of(dy[0], call.integer(3), call.integer(4), depths.channels);
  convolution_input_gradient(call.input(0), call.input(1), call.output(0, x), maps_of(x, window), depths, window);
}

static void filter_gradient_op(Call& call) {
  const Dims x = call.dims(0), dy = call.dims(1);
  const Window window = window_of(call, call.integer(3));
  const Depths depths = {x[3], dy[3], call.integer(2)};
  float* dw = call.output(0, {4, {window.kernel, window.kernel, depths.group_channels(), depths.filters}});
  convolution_filter_gradient(call.input(0), call.input(1), dw, maps_of(x, window), depths, window);
}

bool define_convolution() {
  return define_op<convolution_op>("NascConvolution") &&
         define_op<input_gradient_op>("NascConvolutionInputGradient") &&
         define_op<filter_gradient_op>("NascConvolutionFilterGradient");
}

}  // namespace nasc
