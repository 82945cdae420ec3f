import type { FusedOperationName } from '../../operations/fused.js'
import type { OperationName } from '../../operations/index.js'
import type { NativeKernel } from './kernel.js'
import { native } from './native-kernel.js'

/** Operations that kernels of ours do, where they are compiled. What is missing here is left to TensorFlow. */
export const nativeTable: Readonly<Partial<Record<OperationName | FusedOperationName, NativeKernel>>> = {
  relu: native('NascRelu', { inPlace: [0] }),
  relu_gradient: native('NascReluGradient', { inPlace: [0, 1] }),
}

/** Our kernel for an operation, if there is one. */
export function nativeKernelOf(operation: string): NativeKernel | undefined {
  return isNative(operation) ? nativeTable[operation] : undefined
}

function isNative(operation: string): operation is keyof typeof nativeTable {
  return Object.hasOwn(nativeTable, operation)
}
