import { expect } from 'vitest'
import type { Engine } from '../../src/runtime/backend/engine/engine.js'
import { openCpuEngine } from '../../src/runtime/backend/cpu/engine.js'
import { openWasmEngine } from '../../src/runtime/backend/wasm/engine.js'
import type { WasmExecutableOptions } from '../../src/runtime/backend/wasm/executable.js'
import { sizeOf } from '../../src/runtime/operations/support/element.js'
import type { Attributes } from '../../src/runtime/operations/support/definition.js'
import type { FusedOperationName } from '../../src/runtime/operations/fused.js'
import type { OperationName } from '../../src/runtime/operations/index.js'
import { ProgramBuilder } from '../../src/runtime/program/builder.js'
import type { Program } from '../../src/runtime/program/program.js'
import { buildKernels } from '../../scripts/build-kernels.mjs'

export async function openWasm(options: WasmExecutableOptions = {}): Promise<Engine> {
  await buildKernels()
  return openWasmEngine(options)
}

/** The kernels of both modules: those that multiply and add in one, and those that do not. */
export async function openBothWasm(): Promise<readonly Engine[]> {
  await buildKernels()
  return Promise.all([openWasmEngine(), openWasmEngine({ multiplyAdd: 'separate' })])
}

/** Small deterministic noise in [-1, 1), another for every seed. */
export function noise(count: number, seed: number): Float32Array {
  let state = (seed * 2654435761 + 12345) >>> 0
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state >>> 8) / 2 ** 23 - 1
  })
}

export interface Operand {
  readonly shape: readonly number[]
  readonly data?: Float32Array | Int32Array
  /** Operands are inputs of the program unless they are to be updated. */
  readonly variable?: true
}

export interface Trial {
  readonly operation: OperationName | FusedOperationName
  readonly operands: readonly Operand[]
  readonly attributes?: Attributes
  readonly seed?: number
  /** Greatest error as a share of the greatest absolute value of the output. */
  readonly tolerance?: number
}

/** Runs one operation on engines and on the reference and compares all outputs, and all variables after it. */
export async function compare(given: Engine | readonly Engine[], trial: Trial): Promise<void> {
  const engines = 'prepare' in given ? [given] : given
  if (engines.length === 0) throw new Error('no engine to compare')
  const cpu = await openCpuEngine()
  const builder = new ProgramBuilder()
  const inputs: Record<string, Float32Array | Int32Array> = {}
  const variables: Record<string, Float32Array> = {}
  const ids = trial.operands.map(({ shape, data, variable }, i) => {
    const name = `operand${String(i)}`
    const numbers = data ?? noise(sizeOf(shape), (trial.seed ?? 1) + 31 * i)
    if (variable === true) {
      variables[name] = Float32Array.from(numbers)
      return builder.variable(name, shape)
    }
    inputs[name] = numbers
    return builder.input(name, shape, numbers instanceof Int32Array ? 'int32' : 'float32')
  })
  const outputs = builder.emit(trial.operation, ids, trial.attributes ?? {})
  const program = builder.build(Object.fromEntries(outputs.map((id, i) => [`output${String(i)}`, id])))
  const expected = runOn(cpu, program, inputs, variables)
  for (const engine of engines) {
    const found = runOn(engine, program, inputs, variables)
    for (const [name, numbers] of Object.entries(expected)) {
      expectClose(found[name], numbers, trial.tolerance ?? 2e-5, `${trial.operation} ${name}`)
    }
  }
}

function runOn(
  engine: Engine,
  program: Program,
  inputs: Readonly<Record<string, Float32Array | Int32Array>>,
  variables: Readonly<Record<string, Float32Array>>,
): Record<string, Float32Array> {
  for (const { kind, name = '', shape } of program.values) {
    if (kind === 'variable') engine.variables.create(name, shape, variables[name] ?? new Float32Array(sizeOf(shape)))
  }
  const executable = engine.prepare(program)
  executable.run(inputs)
  const results = Object.fromEntries(Object.keys(program.outputs).map((name) => [name, executable.read(name)]))
  for (const name of Object.keys(variables)) {
    results[name] = engine.variables.read(name)
    engine.variables.delete(name)
  }
  executable.dispose()
  return results
}

/** Demands that no number is further from what is expected than so large a share of the greatest one; NaN is far. */
export function expectClose(
  found: Float32Array | undefined,
  expected: Float32Array,
  tolerance: number,
  what: string,
): void {
  if (found === undefined) throw new Error(`${what} is missing`)
  expect(found.length, what).toBe(expected.length)
  // Against infinity every difference would be small.
  if (!expected.every(Number.isFinite)) throw new Error(`${what}: what is expected is not finite`)
  const greatest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3)
  const where = expected.findIndex((value, i) => !(Math.abs((found[i] ?? NaN) - value) <= tolerance * greatest))
  const message = `${what}[${String(where)}] is ${String(found[where])}, not ${String(expected[where])}`
  expect(where, message).toBe(-1)
}
