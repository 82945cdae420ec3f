import { describe, expect, it } from 'vitest'
import { planMemory } from '../../../src/runtime/backend/engine/memory-plan.js'
import { kernelOf } from '../../../src/runtime/backend/wasm/kernel-table.js'
import { earlyAccumulation } from '../../../src/runtime/optimise/early-accumulation.js'
import { passNames } from '../../../src/runtime/optimise/optimise.js'
import { buildStep } from '../../../src/runtime/plan/step.js'
import { ProgramBuilder } from '../../../src/runtime/program/builder.js'
import { validate } from '../../../src/runtime/program/validate.js'
import { buildNetwork, resolveParams } from '../../../src/space/index.js'
import { compiledText } from '../../support/programs.js'

describe('early accumulation', () => {
  it('holds hardly more than one gradient at a time', () => {
    const ir = compiledText(
      `import { bn, conv, global_pool, linear, relu } from std:nn
space deep { input image(4, 3); classes 3
  network { stem conv(64) -> bn
    stage a { width 64; depth 8; layer conv(channels, 3) -> bn -> relu }
    head global_pool -> linear(classes) } }`,
    )
    const params = resolveParams(ir, {})
    const network = buildNetwork(ir, 'deep', {
      params,
      mode: 'standalone',
      binding: () => ({ kind: 'fixed', options: [0] }),
    })
    const peakOf = (passes: readonly string[]): number => {
      const { program } = buildStep(network, { batch: 1, mode: 'train', accumulate: 'weights', passes })
      return planMemory(validate(program), kernelOf).arenaBytes
    }
    const kernel = 4 * 9 * 64 * 64
    const without = peakOf(passNames.filter((name) => name !== earlyAccumulation.name))
    expect(without).toBeGreaterThan(8 * kernel)
    expect(peakOf(passNames)).toBeLessThan(2 * kernel)
  })

  it('moves nothing before what reads the variable, nor out of its phase', () => {
    const builder = new ProgramBuilder()
    const [sum, other] = [builder.variable('sum', [2]), builder.variable('other', [2])]
    const x = builder.input('x', [2])
    const forward = builder.one('relu', [x])
    builder.phase = 'backward'
    const gradient = builder.one('multiply', [forward, x])
    const read = builder.one('relu', [sum])
    builder.emit('accumulate', [sum, gradient])
    builder.emit('accumulate', [other, forward])
    builder.emit('accumulate', [builder.variable('third', [2]), x])
    const program = builder.build({ read })
    expect(earlyAccumulation.run(program)).toEqual(program)

    const early = ProgramBuilder.from(program)
    early.phase = 'backward'
    early.emit('accumulate', [early.variable('fourth', [2]), gradient])
    const [relu, multiply, ...rest] = program.operations
    const moved = validate(earlyAccumulation.run(early.build({ read })))
    expect(moved.operations).toEqual([relu, multiply, early.operations.at(-1), ...rest])
  })
})
