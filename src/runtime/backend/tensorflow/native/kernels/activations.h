// Functions of one number, element by element. Results may lie in the memory of any operand.
#pragma once

#include <cstdint>

namespace nasc {

/** y = max(0, x) */
void relu(const float* x, float* y, int64_t count);

/** dx = dy where y > 0, else 0 */
void relu_gradient(const float* dy, const float* y, float* dx, int64_t count);

/** In the order of `activations` in src/runtime/operations/support/activations.ts. */
enum class Activation { relu6, swish, hswish, hsigmoid, sigmoid, tanh, gelu, gelu_tanh };

/** y = f(x) */
void activate(Activation function, const float* x, float* y, int64_t count);

/** dx = dy * f'(x) */
void activation_gradient(Activation function, const float* dy, const float* x, float* dx, int64_t count);

}  // namespace nasc
