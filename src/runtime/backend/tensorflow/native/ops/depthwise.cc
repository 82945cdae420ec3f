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

/** The norm that inputs mean, inverse and, if it has them, scale and shift describe, from input 2 on. */
static ActivatedNorm norm_of(const Call& call) {
  return {call.input(2), call.input(3), call.input(4), call.input(5), call.dims(2).last()};
}

static void norm_relu_depthwise_op(Call& call) {
  const Dims x = call.dims(0);
  const Window window = window_of(call, call.dims(1)[0]);
  const Maps maps = maps_of(x, window);
  const ActivatedNorm norm = norm_of(call);
  depthwise(call.input(0), call.input(1), call.output(0, windowed_map(maps, x[3])), maps, x[3], window, &norm);
}

/** Also the size of the kernel. */
static void norm_relu_filter_gradient_op(Call& call) {
  const Dims x = call.dims(0);
  const int64_t kernel = call.integer(2);
  const Window window = window_of(call, kernel);
  const ActivatedNorm norm = norm_of(call);
  float* dw = call.output(0, Dims{3, {kernel, kernel, x[3]}});
  depthwise_filter_gradient(call.input(0), call.input(1), dw, maps_of(x, window), x[3], window, &norm);
}

bool define_depthwise() {
  return define_op<depthwise_op>("NascDepthwise") && define_op<input_gradient_op>("NascDepthwiseInputGradient") &&
         define_op<filter_gradient_op>("NascDepthwiseFilterGradient") &&
         define_op<norm_relu_depthwise_op>("NascNormReluDepthwise") &&
         define_op<norm_relu_filter_gradient_op>("NascNormReluDepthwiseFilterGradient");
}

}  // namespace nasc
