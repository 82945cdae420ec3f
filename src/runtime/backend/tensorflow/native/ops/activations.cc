#include "../kernels/activations.h"

#include "../op.h"
#include "ops.h"

namespace nasc {

/** x -> y */
static void relu_op(Call& call) {
  const Dims x = call.dims(0);
  relu(call.input(0), call.output(0, x), x.count());
}

/** dy, y -> dx */
static void relu_gradient_op(Call& call) {
  const Dims y = call.dims(1);
  relu_gradient(call.input(0), call.input(1), call.output(0, y), y.count());
}

bool define_activations() {
  return define_op<relu_op>("NascRelu") && define_op<relu_gradient_op>("NascReluGradient");
}

}  // namespace nasc
