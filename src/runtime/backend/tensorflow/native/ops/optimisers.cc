#include "../kernels/optimisers.h"

#include "../op.h"
#include "ops.h"

namespace nasc {

static double scalar(const Call& call, int position, double otherwise) {
  const float* value = call.input(position);
  return value == nullptr ? otherwise : *value;
}

/** Settings: momentum, unless it is an input, and factor. */
static void moving_average_op(Call& call) {
  moving_average(call.variable(0), call.input(1), scalar(call, 2, call.real(0)), call.real(1), call.dims(0).count());
}

/** Settings: momentum, decay; whether it is Nesterov's. */
static void sgd_op(Call& call) {
  const Sgd settings = {static_cast<float>(scalar(call, 3, 0)), static_cast<float>(scalar(call, 4, 1)),
                        static_cast<float>(call.real(0)), static_cast<float>(call.real(1)), call.integer(0) == 1};
  sgd(call.variable(0), call.variable(1), call.input(2), settings, call.dims(0).count());
}

/** Settings: beta1, beta2, epsilon, decay. */
static void adam_op(Call& call) {
  const Adam settings = {scalar(call, 4, 0), scalar(call, 5, 1), scalar(call, 6, 1), call.real(0),
                         call.real(1),       call.real(2),       call.real(3)};
  adam(call.variable(0), call.variable(1), call.variable(2), call.input(3), settings, call.dims(0).count());
}

bool define_optimisers() {
  return define_op<moving_average_op>("NascMovingAverage") && define_op<sgd_op>("NascSgd") &&
         define_op<adam_op>("NascAdam");
}

}  // namespace nasc
