#include "../kernels/elementwise.h"

#include "../op.h"
#include "ops.h"

namespace nasc {

static void multiply_op(Call& call) {
  const Dims x = call.dims(0);
  multiply(call.input(0), call.input(1), call.output(0, x), x.count());
}

static void scale_op(Call& call) {
  const Dims x = call.dims(0);
  const float factor = *call.input(1);
  scale(call.input(0), factor, call.output(0, x), x.count());
}

/** Settings: the position of the factor. */
static void scale_by_entry_op(Call& call) {
  const Dims x = call.dims(1);
  const float factor = call.input(0)[call.integer(0)];
  scale(call.input(1), factor, call.output(0, x), x.count());
}

static void drop_path_op(Call& call) {
  const Dims x = call.dims(0);
  const int64_t images = x[0];
  scale_rows(call.input(0), call.input(1), call.output(0, x), images, x.count() / images);
}

static void scale_channels_op(Call& call) {
  const Dims x = call.dims(0), factors = call.dims(1);
  const int64_t channels = x.last(), groups = factors.count() / channels;
  scale_channels(call.input(0), call.input(1), call.output(0, x), groups, x.count() / channels / groups, channels);
}

/** Settings: the shape of the factors. */
static void scale_channels_gradient_op(Call& call) {
  const Dims x = call.dims(0);
  Dims factors;
  for (const int64_t size : call.integers()) factors.size[factors.rank++] = size;
  const int64_t channels = x.last(), groups = factors.count() / channels;
  scale_channels_gradient(call.input(0), call.input(1), call.output(0, factors), groups,
                          x.count() / channels / groups, channels);
}

bool define_elementwise() {
  return define_op<multiply_op>("NascMultiply") && define_op<scale_op>("NascScale") &&
         define_op<scale_by_entry_op>("NascScaleByEntry") && define_op<drop_path_op>("NascDropPath") &&
         define_op<scale_channels_op>("NascScaleChannels") &&
         define_op<scale_channels_gradient_op>("NascScaleChannelsGradient");
}

}  // namespace nasc
