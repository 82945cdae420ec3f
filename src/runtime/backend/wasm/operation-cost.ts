import { at, sizeOf } from '../../operations/support/element.js'
import { definitionOf } from '../../operations/index.js'
import type { Operation, Program } from '../../program/program.js'
import { kernelOf } from './kernel-table.js'

/**
 * Fitted to the DARTS supernet on one core of 2.7 GHz, roughly: threads take tasks as they get free, so the estimate need
 * not be good.
 */
const NANOSECONDS = { call: 300, flop: 0.025, byte: 0.035, referenceByte: 5 }

/** Nanoseconds that an operation takes, estimated from its arithmetic and the bytes that it reads and writes. */
export function estimateNanoseconds(program: Program, { operation, attributes, inputs, outputs }: Operation): number {
  const [from, to] = [inputs, outputs].map((ids) => ids.map((id) => at(program.values, id).shape))
  const flops = definitionOf(operation).flops?.(from ?? [], to ?? [], attributes) ?? 0
  const bytes = [...(from ?? []), ...(to ?? [])].reduce((sum, shape) => sum + 4 * sizeOf(shape), 0)
  const byte = kernelOf(operation) === undefined ? NANOSECONDS.referenceByte : NANOSECONDS.byte
  return NANOSECONDS.call + NANOSECONDS.flop * flops + byte * bytes
}
