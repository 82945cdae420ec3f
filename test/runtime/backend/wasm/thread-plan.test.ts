import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planMemory } from '../../../../src/runtime/backend/engine/memory-plan.js'
import { kernelOf } from '../../../../src/runtime/backend/wasm/kernel-table.js'
import { dependenciesOf } from '../../../../src/runtime/backend/wasm/dependencies.js'
import { preparationsOf } from '../../../../src/runtime/backend/wasm/preparations.js'
import { planThreads } from '../../../../src/runtime/backend/wasm/thread-plan.js'
import { scheduleWaves } from '../../../../src/runtime/backend/wasm/waves.js'
import { ProgramBuilder } from '../../../../src/runtime/program/builder.js'
import { divideAll, racesOf, randomProgram, tooEarly } from '../../../support/random-programs.js'

const programs = fc.array(fc.nat(65_535), { minLength: 1, maxLength: 60 }).map(randomProgram)

describe('a program divided between threads', () => {
  it('has every operation once, after all that it needs, and no two at a time on the same memory', () => {
    let [shared, racesOfCarelessPlans] = [0, 0]
    fc.assert(
      fc.property(programs, (program) => {
        const divided = planThreads(program, 2, divideAll)
        if (divided === undefined) throw new Error('not divided')
        expect(new Set(divided.program.operations)).toEqual(new Set(program.operations))
        expect(divided.program.operations.length).toBe(program.operations.length)
        expect(tooEarly(program, divided)).toEqual([])
        const plan = planMemory(divided.program, kernelOf, {}, divided.timing)
        expect(racesOf(divided, plan)).toEqual([])
        racesOfCarelessPlans += racesOf(divided, planMemory(divided.program, kernelOf)).length
        shared += divided.tasks.length - new Set(divided.gates).size
      }),
      { numRuns: 300, seed: 1 },
    )
    // Not vacuous: many tasks stood beside others, and a plan that does not know it would have let them collide.
    expect(shared).toBeGreaterThan(500)
    expect(racesOfCarelessPlans).toBeGreaterThan(100)
  })

  it('reads a variable before its update where the program did, and after it', () => {
    const builder = new ProgramBuilder()
    const [w, x] = [builder.variable('w', [4]), builder.input('x', [4])]
    const before = builder.one('multiply', [w, x])
    const other = builder.one('relu', [w])
    builder.emit('moving_average', [w, x], { momentum: 0.5, factor: 1 })
    const after = builder.one('relu', [w])
    const program = builder.build({ before, other, after })
    expect(dependenciesOf(program)).toEqual([[], [], [0, 1], [2]])
  })

  it('balances a wave, keeps chains in one task and joins waves of a single task', () => {
    // Two chains of three, then one that needs both.
    const dependencies = [[], [0], [1], [], [3], [4], [2, 5], [6]]
    const costs = [1, 1, 1, 1, 1, 1, 5, 5]
    const waves = scheduleWaves(dependencies, costs, { waveCost: 100, taskCost: 3, lookAhead: 100 })
    expect(waves.map((wave) => wave.map((task) => task.operations))).toEqual([
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
      [[6, 7]],
    ])
    const short = scheduleWaves(dependencies, costs, { waveCost: 100, taskCost: 2, lookAhead: 100 })
    expect(short.map((wave) => wave.map((task) => task.operations))).toEqual([
      [
        [0, 1],
        [3, 4],
      ],
      [[2], [5]],
      [[6, 7]],
    ])
  })

  it('prepares what an operation needs in its task, not waves before', () => {
    // Two chains side by side; 4 prepares for 5, which needs the end of the first chain.
    const dependencies = [[], [0], [], [2], [], [1, 4], [3]]
    const costs = [9, 9, 9, 9, 1, 9, 9]
    const options = { waveCost: 20, taskCost: 9, lookAhead: 100 }
    const orderOf = (preparations?: ReadonlyMap<number, number>): readonly (readonly number[])[][] =>
      scheduleWaves(dependencies, costs, options, preparations).map((wave) => wave.map((task) => [...task.operations]))
    expect(orderOf()[0]).toContainEqual([4])
    const waves = orderOf(new Map([[4, 5]]))
    expect(waves.flat()).toContainEqual([4, 5])
    expect(waves.flat(2).sort()).toEqual([0, 1, 2, 3, 4, 5, 6])
  })

  it('comes to an end where preparations fill all that is looked at, or wait for what waits for them', () => {
    const options = { waveCost: 20, taskCost: 9, lookAhead: 3 }
    const purposes = (of: readonly number[], purpose: number) => new Map(of.map((index) => [index, purpose] as const))
    // 0, 1 and 2 prepare for 4, which needs 3 as well, one further than can be seen.
    const full = scheduleWaves([[], [], [], [], [0, 1, 2, 3]], [1, 1, 1, 1, 1], options, purposes([0, 1, 2], 4))
    expect(full.flatMap((wave) => wave.flatMap(({ operations }) => operations)).sort()).toEqual([0, 1, 2, 3, 4])
    // 0 prepares for 2, which needs 1, which needs 0.
    const knot = scheduleWaves([[], [0], [0, 1]], [1, 1, 1], options, purposes([0], 2))
    expect(knot.flatMap((wave) => wave.flatMap(({ operations }) => operations))).toEqual([0, 1, 2])
  })

  it('finds what is computed anew for the backward pass', () => {
    const builder = new ProgramBuilder()
    const [x, labels] = [builder.input('x', [2, 3]), builder.input('labels', [2], 'int32')]
    const hidden = builder.one('relu', [x])
    const loss = builder.one('softmax_cross_entropy', [hidden, labels], { smoothing: 0 })
    builder.phase = 'backward'
    const seed = builder.one('fill', [], { shape: [], value: 1 })
    const back = builder.one('softmax_cross_entropy_gradient', [hidden, labels, seed], { smoothing: 0 })
    const anew = builder.one('relu', [builder.one('multiply', [x, x])])
    const gradient = builder.one('relu_gradient', [back, anew])
    const program = builder.build({ loss, gradient })
    const names = (index: number): string => program.operations[index]?.operation ?? ''
    const found = preparationsOf(program, dependenciesOf(program))
    expect([...found].map(([index, purpose]) => [names(index), names(purpose)]).sort()).toEqual([
      ['multiply', 'relu_gradient'],
      ['relu', 'relu_gradient'],
    ])
  })

  it('is left to one thread where it is a chain or tiny', () => {
    const chain = new ProgramBuilder()
    let x = chain.input('x', [1 << 22])
    for (let i = 0; i < 20; i++) x = chain.one('relu', [x])
    expect(planThreads(chain.build({ x }), 2)).toBeUndefined()
    expect(planThreads(randomProgram([0, 1, 2, 3, 4]), 2)).toBeUndefined()
  })
})
