#include "../kernels/pooling.h"

#include "ops.h"
#include "windows.h"

namespace nasc {

// Settings of the pools: kernel and stride; of the gradient of a mean also height and width of the map.

static Window window_of(const Call& call) {
  return {static_cast<int>(call.integer(0)), static_cast<int>(call.integer(1)), 1};
}

static void max_pool_op(Call& call) {
  const Dims x = call.dims(0);
  const Window window = window_of(call);
  const Maps maps = maps_of(x, window);
  max_pool(call.input(0), call.output(0, windowed_map(maps, x[3])), maps, window, x[3]);
}

static void max_pool_gradient_op(Call& call) {
  const Dims x = call.dims(0);
  const Window window = window_of(call);
  max_pool_gradient(call.input(0), call.input(1), call.input(2), call.output(0, x), maps_of(x, window), window, x[3]);
}

static void avg_pool_op(Call& call) {
  const Dims x = call.dims(0);
  const Window window = window_of(call);
  const Maps maps = maps_of(x, window);
  avg_pool(call.input(0), call.output(0, windowed_map(maps, x[3])), maps, window, x[3]);
}

static void avg_pool_gradient_op(Call& call) {
  const Dims dy = call.dims(0);
  const Dims x = map_of(dy[0], call.integer(2), call.integer(3), dy[3]);
  const Window window = window_of(call);
  avg_pool_gradient(call.input(0), call.output(0, x), maps_of(x, window), window, x[3]);
}

static void global_avg_pool_op(Call& call) {
  const Dims x = call.dims(0);
  global_avg_pool(call.input(0), call.output(0, map_of(x[0], 1, 1, x[3])), x[0], x[1] * x[2], x[3]);
}

/** Settings: height and width of the map. */
static void global_avg_pool_gradient_op(Call& call) {
  const Dims dy = call.dims(0);
  const Dims x = map_of(dy[0], call.integer(0), call.integer(1), dy[3]);
  global_avg_pool_gradient(call.input(0), call.output(0, x), x[0], x[1] * x[2], x[3]);
}

bool define_pooling() {
  return define_op<max_pool_op>("NascMaxPool") && define_op<max_pool_gradient_op>("NascMaxPoolGradient") &&
         define_op<avg_pool_op>("NascAvgPool") && define_op<avg_pool_gradient_op>("NascAvgPoolGradient") &&
         define_op<global_avg_pool_op>("NascGlobalAvgPool") &&
         define_op<global_avg_pool_gradient_op>("NascGlobalAvgPoolGradient");
}

}  // namespace nasc
