#include "activations.h"

namespace nasc {

void relu(const float* x, float* y, int64_t count) {
  for (int64_t i = 0; i < count; i++) y[i] = x[i] > 0 ? x[i] : 0;
}

void relu_gradient(const float* dy, const float* y, float* dx, int64_t count) {
  for (int64_t i = 0; i < count; i++) dx[i] = y[i] > 0 ? dy[i] : 0;
}

}  // namespace nasc
