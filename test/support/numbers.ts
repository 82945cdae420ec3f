import type { Program, ValueId } from '../../src/runtime/program/program.js'
import { ProgramBuilder } from '../../src/runtime/program/builder.js'
import { interpret } from '../../src/runtime/program/interpret.js'

/** A small generator for test data (Marsaglia's xorshift32): the same numbers on every machine. */
export function numbersFrom(seed: number): () => number {
  let state = seed * 2654435761 + 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

/** Uniform in [-1, 1), in double precision. */
export function randomArray(shape: readonly number[], random: () => number): Float64Array {
  return Float64Array.from({ length: shape.reduce((product, size) => product * size, 1) }, () => 2 * random() - 1)
}

/** Doubles for all variables of a program. */
export function randomVariables(program: Program, random: () => number): Map<string, Float64Array> {
  const variables = program.values.filter((value) => value.kind === 'variable')
  return new Map(variables.map((value) => [value.name ?? '', randomArray(value.shape, random)]))
}

/** NaN where a number is missing; throws where there is nothing to compare. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  demandComparable(a, b)
  return Array.from(a).reduce((largest, each, i) => Math.max(largest, Math.abs(each - (b[i] ?? NaN))), 0)
}

/** The largest difference, relative to the largest number where that is above 1. As above where something is missing. */
export function relativeDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  demandComparable(a, b)
  let [largest, scale] = [0, 1]
  for (let i = 0; i < a.length; i++) {
    largest = Math.max(largest, Math.abs((a[i] ?? NaN) - (b[i] ?? NaN)))
    scale = Math.max(scale, Math.abs(a[i] ?? 0))
  }
  return largest / scale
}

/** What must be there. */
export function definite<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('it is not there')
  return value
}

function demandComparable(a: ArrayLike<number>, b: ArrayLike<number>): void {
  if (a.length === 0 || a.length !== b.length) throw new Error(`${String(a.length)} and ${String(b.length)} elements`)
}

/** Runs a program of one operation over constants and returns its outputs. */
export function evaluateOperation(
  emit: (builder: ProgramBuilder, inputs: readonly ValueId[]) => readonly ValueId[],
  inputs: readonly { readonly shape: readonly number[]; readonly data: readonly number[]; readonly dtype?: 'int32' }[],
): readonly number[][] {
  const builder = new ProgramBuilder()
  const ids = inputs.map(({ shape, dtype }, i) => builder.input(`x${String(i)}`, shape, dtype ?? 'float32'))
  const outputs = emit(builder, ids)
  const program = builder.build(Object.fromEntries(outputs.map((id, i) => [`y${String(i)}`, id])))
  const given = Object.fromEntries(inputs.map(({ data }, i) => [`x${String(i)}`, Float64Array.from(data)]))
  const results = interpret(program, { inputs: given, variables: new Map(), precision: 'double' })
  return outputs.map((_, i) => Array.from(results[`y${String(i)}`] ?? []))
}
