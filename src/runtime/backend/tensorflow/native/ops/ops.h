// The groups of operations, one file each beside this one.
#pragma once

namespace nasc {

/** Each registers its operations; false if TensorFlow did not take one. */
bool define_activations();

}  // namespace nasc
