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

/** An operation with its shapes, which all that is planned of it reads. */
export interface CalledOperation extends KernelCall {
  readonly operation: Operation
}

/** Binds the kernels of operations, or what they have instead, to addresses: gives what runs each of them. */
export function bindOperations(
  program: Program,
  calls: readonly CalledOperation[],
  kernels: Kernels,
  { addresses, scratch, words, views }: MemoryAddresses,
): readonly (() => void)[] {
  const address = (id: ValueId): number => at(addresses, id)
  return calls.map(({ operation, attributes, inputs, outputs }) => {
    const kernel = kernelOf(operation.operation)
    if (kernel === undefined) return bindReference(program, operation, views, address)
    const from = operation.inputs.map(address)
    const to = operation.outputs.map(address)
    return kernel.bind(kernels, { inputs, outputs, attributes, from, to, scratch, words })
  })
}

/** The operations of a program, in its order. */
export function callsOf({ values, operations }: Program): readonly CalledOperation[] {
  const shape = (id: ValueId): readonly number[] => at(values, id).shape
  return operations.map((operation) => ({
    operation,
    attributes: operation.attributes,
    inputs: operation.inputs.map(shape),
    outputs: operation.outputs.map(shape),
  }))
}
