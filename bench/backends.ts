import type { BackendName } from '../src/runtime/backend/choose.js'
import { findTensorflow } from '../src/runtime/backend/install/installation.js'

/** What is measured: native TensorFlow where it is installed. */
export function backends(): readonly BackendName[] {
  return findTensorflow() === undefined ? ['wasm'] : ['wasm', 'tensorflow']
}
