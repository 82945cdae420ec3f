// The groups of operations, one file each beside this one.
#pragma once

namespace nasc {

// Each registers its operations; false if TensorFlow did not take one. Inputs, outputs and settings of an operation are
// those of its definition in src/runtime/operations, settings in the order of native-table.ts.
bool define_activations();
bool define_axes();
bool define_batch_norm();
bool define_convolution();
bool define_depthwise();
bool define_elementwise();
bool define_layout();
bool define_matrices();
bool define_optimisers();
bool define_pooling();
bool define_program();
bool define_resampling();
bool define_softmax();
bool define_sums();

}  // namespace nasc
