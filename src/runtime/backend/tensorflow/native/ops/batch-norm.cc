#include "../kernels/batch-norm.h"

#include "../op.h"
#include "ops.h"

namespace nasc {

static int64_t rows_of(const Dims& x) { return x.count() / x.last(); }

static void train_op(Call& call) {
  const Dims x = call.dims(0);
  const int64_t rows = rows_of(x), channels = x.last();
  float* y = call.output(0, x);
  float* mean = call.output(1, vector_of(channels));
  float* variance = call.output(2, vector_of(channels));
  float* inverse = call.output(3, vector_of(channels));
  channel_statistics(call.input(0), rows, channels, call.real(0), mean, variance, inverse);
  normalise(call.input(0), mean, inverse, call.input(1), call.input(2), y, rows, channels);
}

static void statistics_op(Call& call) {
  const Dims x = call.dims(0);
  const int64_t channels = x.last();
  float* mean = call.output(0, vector_of(channels));
  float* variance = call.output(1, vector_of(channels));
  float* inverse = call.output(2, vector_of(channels));
  channel_statistics(call.input(0), rows_of(x), channels, call.real(0), mean, variance, inverse);
}

/** Settings: whether there are gradients of scale and shift, and whether an activation follows. */
static void gradient_op(Call& call) {
  const Dims x = call.dims(0);
  const int64_t channels = x.last();
  const bool affine = call.integer(0) == 1, activated = call.integer(1) == 1;
  const NormGradient given = {call.input(0), call.input(1), call.input(2), call.input(3),
                              call.input(4), call.input(5), activated};
  float* dx = call.output(0, x);
  float* dscale = affine ? call.output(1, vector_of(channels)) : nullptr;
  float* dshift = affine ? call.output(2, vector_of(channels)) : nullptr;
  batch_norm_gradient(given, dx, dscale, dshift, rows_of(x), channels);
}

static void inference_op(Call& call) {
  const Dims x = call.dims(0);
  batch_norm_inference(call.input(0), call.input(1), call.input(2), call.input(3), call.input(4), call.real(0),
                       call.output(0, x), rows_of(x), x.last());
}

bool define_batch_norm() {
  return define_op<train_op>("NascBatchNormTrain") && define_op<statistics_op>("NascBatchNormStatistics") &&
         define_op<gradient_op>("NascBatchNormGradient") && define_op<inference_op>("NascBatchNormInference");
}

}  // namespace nasc
