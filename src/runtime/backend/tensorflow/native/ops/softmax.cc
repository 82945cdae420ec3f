#include "../kernels/softmax.h"

#include "../op.h"
#include "ops.h"

namespace nasc {

// Settings: the temperature.

static void softmax_op(Call& call) {
  const Dims x = call.dims(0);
  softmax(call.input(0), call.output(0, x), call.real(0), x.count() / x.last(), x.last());
}

static void softmax_gradient_op(Call& call) {
  const Dims y = call.dims(0);
  softmax_gradient(call.input(0), call.input(1), call.output(0, y), call.real(0), y.count() / y.last(), y.last());
}

bool define_softmax() {
  return define_op<softmax_op>("NascSoftmax") && define_op<softmax_gradient_op>("NascSoftmaxGradient");
}

}  // namespace nasc
