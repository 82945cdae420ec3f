import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openCpuEngine } from '../../../../src/runtime/backend/cpu/engine.js'
import type { Engine } from '../../../../src/runtime/backend/engine/engine.js'
import { chooseKernels } from '../../../../src/runtime/backend/tensorflow/choose-kernels.js'
import { cpuLevels, levelsOfThisCpu, nativeUnits } from '../../../../src/runtime/backend/tensorflow/native-files.js'
import { partsOf, tensorsOf, type ProgramSegment } from '../../../../src/runtime/backend/tensorflow/segments.js'
import { nativeTable } from '../../../../src/runtime/backend/tensorflow/native-table.js'
import { sizeOf } from '../../../../src/runtime/operations/support/element.js'
import { fusedOperations } from '../../../../src/runtime/operations/fused.js'
import { operations } from '../../../../src/runtime/operations/index.js'
import { ProgramBuilder } from '../../../../src/runtime/program/builder.js'
import type { Program, ValueId } from '../../../../src/runtime/program/program.js'
import { expectClose, noise } from '../../../support/compare-operation.js'
import { SIZE } from '../../../support/random-maps.js'
import { randomProgram, randomVariables } from '../../../support/random-programs.js'
import { describeKernels } from '../../../support/tensorflow.js'

function partsIn(program: Program, options: { readonly apart?: boolean } = {}): readonly ProgramSegment[] {
  const plan = chooseKernels(program, true)
  return partsOf(program, plan, tensorsOf(program, plan), options)
}

it('kernels of ours do operations that there are', () => {
  const known = [...Object.keys(operations), ...Object.keys(fusedOperations)]
  expect(Object.keys(nativeTable).filter((name) => !known.includes(name))).toEqual([])
})

it('every kind of processor is compiled for, the best one first, and a better one can do what a worse one can', () => {
  const levels = cpuLevels('x64')
  expect(levels.map(({ name }) => name)).toEqual(['x86-64-v4', 'x86-64-v3', 'x86-64-v2'])
  expect(levels[0]?.features).toEqual(expect.arrayContaining([...(levels[1]?.features ?? [])]))
  expect(cpuLevels('arm64')).toEqual([{ name: 'arm64', options: [], features: [] }])
  expect(levelsOfThisCpu().every((level) => cpuLevels().some(({ name }) => name === level.name))).toBe(true)
  expect(nativeUnits().length).toBeGreaterThan(10)
})

/** Two sums of the same maps, and what is between them. */
function sums(between: (builder: ProgramBuilder, sum: ValueId) => readonly ValueId[]): Program {
  const builder = new ProgramBuilder()
  const x = builder.input('x', [2, 2])
  const sum = builder.one('add', [x, x])
  const rest = between(builder, sum)
  return builder.build(Object.fromEntries(rest.map((id, i) => [`y${String(i)}`, id])))
}

it('operations of ours that follow each other run at once, and TensorFlow sees what it and the caller need', () => {
  // What the caller gave and reads are tensors; the sum is not.
  const alone = sums((builder, sum) => [builder.one('relu', [sum])])
  expect(partsIn(alone)).toEqual([{ by: 'us', times: [0, 1], inputs: [0], outputs: [2] }])
  // TensorFlow counts hits of the sum, which is a tensor then.
  const counted = sums((builder, sum) => {
    const hits = builder.one('correct_count', [sum, builder.input('labels', [2], 'int32')])
    return [hits, builder.one('relu', [sum]), builder.one('relu', [sum])]
  })
  expect(partsIn(counted)).toEqual([
    { by: 'us', times: [0], inputs: [0], outputs: [1] },
    { by: 'tensorflow', time: 1 },
    { by: 'us', times: [2, 3], inputs: [1], outputs: [4, 5] },
  ])
  expect(partsIn(counted, { apart: true }).map(({ by }) => by)).toEqual(['us', 'tensorflow', 'us', 'us'])
})

it('variables are updated where they lie unless an operation of TensorFlow reads them', () => {
  const update = (reads: boolean): readonly boolean[] => {
    const builder = new ProgramBuilder()
    const [variable, value] = [builder.variable('v', [2, 2]), builder.input('x', [2, 2])]
    const labels = builder.input('labels', [2], 'int32')
    const outputs = reads ? { y: builder.one('correct_count', [variable, labels]) } : { value }
    builder.emit('moving_average', [variable, value], { momentum: 0.5, factor: 1 })
    return chooseKernels(builder.build(outputs), true).map(({ by }) => by === 'us')
  }
  expect(update(false)).toEqual([true])
  expect(update(true)).toEqual([false, false])
})

describeKernels('random programs that update what they read', (open) => {
  const engine = open()

  const run = (on: Engine, program: Program): ReadonlyMap<string, Float32Array> => {
    Object.entries(randomVariables).forEach(([name, shape], i) => {
      on.variables.create(name, shape, noise(sizeOf(shape), i + 5))
    })
    const executable = on.prepare(program)
    const results = new Map<string, Float32Array>()
    for (let pass = 0; pass < 2; pass++) {
      executable.run({ a: noise(SIZE, 1), b: noise(SIZE, 2), rate: 0.1 })
      for (const name of Object.keys(program.outputs)) results.set(`${name} ${String(pass)}`, executable.read(name))
    }
    executable.dispose()
    for (const name of on.variables.names()) {
      results.set(name, on.variables.read(name))
      on.variables.delete(name)
    }
    return results
  }

  it('give what plain JavaScript gives', async () => {
    const cpu = await openCpuEngine()
    fc.assert(
      fc.property(fc.array(fc.nat(65_535), { minLength: 1, maxLength: 12 }), (choices) => {
        const program = randomProgram(choices)
        const found = run(engine, program)
        for (const [name, numbers] of run(cpu, program)) expectClose(found.get(name), numbers, 5e-3, name)
      }),
      { numRuns: 60, seed: 3 },
    )
  })
})
