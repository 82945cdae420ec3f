import { sizeOf } from '../../operations/support/element.js'
import { definitionOf } from '../../operations/index.js'
import type { Dims } from '../../operations/support/definition.js'
import type { CalledOperation } from './bind-operations.js'
import { kernelOf } from './kernel-table.js'

/**
 * Fitted to the DARTS supernet on one core of 2.7 GHz, roughly: threads take tasks as they get free, so the estimate need
 * not be good.
 */
const NANOSECONDS = { call: 300, flop: 0.025, byte: 0.035, referenceByte: 5 }

/** Nanoseconds that an operation takes, estimated from its arithmetic and the bytes that it reads and writes. */
export function estimateNanoseconds({
  operation: { operation },
  inputs,
  outputs,
  attributes,
}: CalledOperation): number {
  const flops = definitionOf(operation).flops?.(inputs, outputs, attributes) ?? 0
  const bytes = 4 * (elementsOf(inputs) + elementsOf(outputs))
  const byte = kernelOf(operation) === undefined ? NANOSECONDS.referenceByte : NANOSECONDS.byte
  return NANOSECONDS.call + NANOSECONDS.flop * flops + byte * bytes
}

function elementsOf(shapes: readonly Dims[]): number {
  let sum = 0
  for (const shape of shapes) sum += sizeOf(shape)
  return sum
}
