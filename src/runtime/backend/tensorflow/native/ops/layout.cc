#include "../kernels/layout.h"

#include "../op.h"
#include "ops.h"

namespace nasc {

static Dims with_channels(Dims dims, int64_t channels) {
  dims.size[dims.rank - 1] = channels;
  return dims;
}

static void concat_channels_op(Call& call) {
  std::vector<int64_t> channels;
  int64_t width = 0;
  for (int part = 0; part < call.inputs(); part++) {
    channels.push_back(call.dims(part).last());
    width += channels.back();
  }
  const Dims y = with_channels(call.dims(0), width);
  concat_channels(call.inputs_from(0), channels, call.output(0, y), y.count() / width);
}

/** Settings: the first channel and how many. */
static void slice_channels_op(Call& call) {
  const Dims x = call.dims(0);
  const ChannelRun run = {x.last(), call.integer(0), call.integer(1)};
  slice_channels(call.input(0), call.output(0, with_channels(x, run.channels)), run, x.count() / x.last());
}

/** Settings: where the first channel comes to lie and how many channels there are then. */
static void pad_channels_op(Call& call) {
  const Dims x = call.dims(0);
  const ChannelRun run = {call.integer(1), call.integer(0), x.last()};
  pad_channels(call.input(0), call.output(0, with_channels(x, run.width)), run, x.count() / x.last());
}

/** Settings: how far down and to the right. */
static void shift_op(Call& call) {
  const Dims x = call.dims(0);
  shift(call.input(0), call.output(0, x), x[0], x[1], x[2], x[3], call.integer(0), call.integer(1));
}

bool define_layout() {
  return define_op<concat_channels_op>("NascConcatChannels") && define_op<slice_channels_op>("NascSliceChannels") &&
         define_op<pad_channels_op>("NascPadChannels") && define_op<shift_op>("NascShift");
}

}  // namespace nasc
