#include "../kernels/convolution.h"

#include "ops.h"
#include "windows.h"

namespace nasc {

// Settings: stride, dilation, groups; then what the shape of the output is made of.

static void convolution_op(Call& call) {
  const Dims x = call.dims(0), w = call.dims(1);
  const Window window = window_of(call, w[0]);
  const Maps maps = maps_of(x, window);
  const Depths depths = {x[3], w[3], call.integer(2)};
  convolution(call.input(0), call.input(1), call.output(0, windowed_map(maps, w[3])), maps, depths, window);
}

/** Also height and width of x. */
static void input_gradient_op(Call& call) {
  const Dims dy = call.dims(0), w = call.dims(1);
  const int64_t groups = call.integer(2);
  const Dims x = map_of(dy[0], call.integer(3), call.integer(4), w[2] * groups);
  const Window window = window_of(call, w[0]);
  const Depths depths = {x[3], w[3], groups};
  convolution_input_gradient(call.input(0), call.input(1), call.output(0, x), maps_of(x, window), depths, window);
}

/** Also the size of the kernel. */
static void filter_gradient_op(Call& call) {
  const Dims x = call.dims(0), dy = call.dims(1);
  const int64_t groups = call.integer(2), kernel = call.integer(3);
  const Window window = window_of(call, kernel);
  const Depths depths = {x[3], dy[3], groups};
  float* dw = call.output(0, map_of(kernel, kernel, x[3] / groups, dy[3]));
  convolution_filter_gradient(call.input(0), call.input(1), dw, maps_of(x, window), depths, window);
}

bool define_convolution() {
  return define_op<convolution_op>("NascConvolution") &&
         define_op<input_gradient_op>("NascConvolutionInputGradient") &&
         define_op<filter_gradient_op>("NascConvolutionFilterGradient");
}

}  // namespace nasc
