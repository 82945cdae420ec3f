import type { Kernels } from '../../kernels/kernel-module.js'
import { at } from '../../operations/support/element.js'
import type { Operation, Program, ValueId } from '../../program/program.js'
import type { KernelCall, PlacedCall } from './kernel-binding.js'
import { kernelOf } from './kernel-table.js'
import { bindReference, type MemoryViews } from './reference-binding.js'

export interface MemoryAddresses {
  /** By value. */
  readonly addresses: readonly number[]
  readonly scratch: number
  readonly words: PlacedCall['words']
  readonly views: MemoryViews
}

/** Binds the kernels of operations, or what they have instead, to addresses: gives what runs each of them. */
export function bindOperations(
  program: Program,
  operations: readonly Operation[],
  kernels: Kernels,
  { addresses, scratch, words, views }: MemoryAddresses,
): readonly (() => void)[] {
  const address = (id: ValueId): number => at(addresses, id)
  return operations.map((operation) => {
    const kernel = kernelOf(operation.operation)
    if (kernel === undefined) return bindReference(program, operation, views, address)
    const { inputs, outputs, attributes } = callOf(program, operation)
    const [from, to] = [operation.inputs.map(address), operation.outputs.map(address)]
    return kernel.bind(kernels, { inputs, outputs, attributes, from, to, scratch, words })
  })
}

export function callOf(program: Program, { attributes, inputs, outputs }: Operation): KernelCall {
  const shape = (id: ValueId): readonly number[] => at(program.values, id).shape
  return { attributes, inputs: inputs.map(shape), outputs: outputs.map(shape) }
}
