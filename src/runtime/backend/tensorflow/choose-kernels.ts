import { at } from '../../operations/support/element.js'
import { definitionOf } from '../../operations/index.js'
import type { Operation, Program, ValueId } from '../../program/program.js'
import { kernelOf } from './kernel-table.js'
import type { KernelCall, NativeKernel, TensorflowKernel } from './kernel.js'
import { nativeKernelOf } from './native-table.js'

/** What runs an operation of a program. */
export type PlannedKernel =
  | { readonly by: 'us'; readonly kernel: NativeKernel; readonly call: KernelCall }
  | { readonly by: 'tensorflow'; readonly kernel: TensorflowKernel; readonly call: KernelCall }

/**
 * For every operation a kernel of ours if there is one that can do it, else TensorFlow's.
 *
 * @param native whether ours are loaded
 */
export function chooseKernels(program: Program, native: boolean): readonly PlannedKernel[] {
  const calls = program.operations.map((operation) => callOf(program, operation))
  const ours = separateUpdates(
    program,
    program.operations.map(({ operation }, time) => {
      const kernel = native ? nativeKernelOf(operation) : undefined
      return kernel?.fits?.(at(calls, time)) === false ? undefined : kernel
    }),
  )
  return program.operations.map(({ operation }, time): PlannedKernel => {
    const kernel = ours[time]
    const call = at(calls, time)
    return kernel === undefined ? { by: 'tensorflow', kernel: kernelOf(operation), call } : { by: 'us', kernel, call }
  })
}

/**
 * Ours update variables where they lie, which must not change what TensorFlow has made of them: its operations may give out
 * their input as their output. Variables that it reads get a new tensor at every update, by its own operations.
 */
function separateUpdates(
  { operations }: Program,
  kernels: readonly (NativeKernel | undefined)[],
): readonly (NativeKernel | undefined)[] {
  const read = new Set(operations.flatMap(({ inputs }, time) => (kernels[time] === undefined ? inputs : [])))
  return operations.map(({ operation, inputs }, time) => {
    const updates = definitionOf(operation).updates ?? []
    return updates.some((position) => read.has(at(inputs, position))) ? undefined : kernels[time]
  })
}

function callOf(program: Program, { attributes, inputs, outputs }: Operation): KernelCall {
  const shape = (id: ValueId): readonly number[] => at(program.values, id).shape
  return { attributes, inputs: inputs.map(shape), outputs: outputs.map(shape) }
}
