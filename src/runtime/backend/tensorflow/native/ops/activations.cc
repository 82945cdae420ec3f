#include "../kernels/activations.h"

#include "../op.h"
#include "ops.h"

namespace nasc {

static void relu_op(Call& call) {
  const Dims x = call.dims(0);
  relu(call.input(0), call.output(0, x), x.count());
}

static void relu_gradient_op(Call& call) {
  const Dims y = call.dims(1);
  relu_gradient(call.input(0), call.input(1), call.output(0, y), y.count());
}

static Activation function_of(const Call& call) { return static_cast<Activation>(call.integer(0)); }

static void activation_op(Call& call) {
  const Dims x = call.dims(0);
  activate(function_of(call), call.input(0), call.output(0, x), x.count());
}

static void activation_gradient_op(Call& call) {
  const Dims x = call.dims(1);
  activation_gradient(function_of(call), call.input(0), call.input(1), call.output(0, x), x.count());
}

bool define_activations() {
  return define_op<relu_op>("NascRelu") && define_op<relu_gradient_op>("NascReluGradient") &&
         define_op<activation_op>("NascActivation") && define_op<activation_gradient_op>("NascActivationGradient");
}

}  // namespace nasc
