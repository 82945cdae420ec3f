import { definitionOf } from '../operations/index.js'
import { sizeOf } from '../operations/support/element.js'
import type { Operation, Program } from './program.js'

export interface ProgramSummary {
  readonly operations: number
  /** Floating-point operations of one run; a multiply-accumulate is two. */
  readonly flops: number
  /** Bytes that operations write and read, each access once: a lower bound on memory traffic without fusion. */
  readonly bytesMoved: number
  readonly byOperation: Readonly<Record<string, { readonly count: number; readonly flops: number }>>
}

/** Size and work of a program, for profiles, `--stage plan` and the bench. */
export function summarise(program: Program): ProgramSummary {
  const byOperation: Record<string, { count: number; flops: number }> = {}
  let bytesMoved = 0
  for (const operation of program.operations) {
    const entry = (byOperation[operation.operation] ??= { count: 0, flops: 0 })
    entry.count++
    entry.flops += flopsOf(program, operation)
    for (const id of [...operation.inputs, ...operation.outputs])
      bytesMoved += 4 * sizeOf(program.values[id]?.shape ?? [])
  }
  const flops = Object.values(byOperation).reduce((sum, entry) => sum + entry.flops, 0)
  return { operations: program.operations.length, flops, bytesMoved, byOperation }
}

/** Floating-point operations of one operation of a program. */
export function flopsOf(program: Program, operation: Operation): number {
  const shapes = (ids: readonly number[]): (readonly number[])[] => ids.map((id) => program.values[id]?.shape ?? [])
  return (
    definitionOf(operation.operation).flops?.(
      shapes(operation.inputs),
      shapes(operation.outputs),
      operation.attributes,
    ) ?? 0
  )
}
