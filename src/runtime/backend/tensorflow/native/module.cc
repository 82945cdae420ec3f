// Loaded by Node as an addon, after TensorFlow: registers our operations with it. No function of Node is needed for that.
#include <malloc.h>

#include "ops/ops.h"

namespace nasc {

static bool define_all() {
  return define_activations() && define_batch_norm() && define_convolution() && define_depthwise() && define_elementwise() && define_layout() &&
         define_optimisers() && define_pooling() && define_sums();
}

/** Large blocks stay in the process: TensorFlow would give them back and have them cleared again at every step. */
static void keep_memory() {
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
}

}  // namespace nasc

extern "C" {

/** Whether all operations are there: see `load-native.ts`. */
__attribute__((visibility("default"))) void* napi_register_module_v1(void* /* env */, void* exports) {
  nasc::keep_memory();
  return nasc::define_all() ? exports : nullptr;
}
}
