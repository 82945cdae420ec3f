// Loaded by Node as an addon, after TensorFlow: registers our operations with it. No function of Node is needed for that.
#include "memory.h"
#include "ops/ops.h"

namespace nasc {

static bool define_all() {
  return define_activations() && define_axes() && define_batch_norm() && define_convolution() && define_depthwise() &&
         define_elementwise() && define_layout() && define_matrices() && define_optimisers() && define_pooling() &&
         define_program() && define_resampling() && define_softmax() && define_sums();
}

}  // namespace nasc

extern "C" {

/** Whether operations are there is tried afterwards: see `load-native.ts`. */
__attribute__((visibility("default"))) void* napi_register_module_v1(void* /* env */, void* exports) {
  nasc::keep_large_blocks();
  nasc::drop_loaded_pages();
  return nasc::define_all() ? exports : nullptr;
}
}
