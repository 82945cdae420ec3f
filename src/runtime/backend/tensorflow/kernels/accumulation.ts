import type { TensorflowKernel } from '../kernel.js'

/** The new value of the variable. */
export const accumulate: TensorflowKernel = { bind: (session) => session.op('AddV2') }

export const clear: TensorflowKernel = { bind: (session) => session.op('ZerosLike') }
