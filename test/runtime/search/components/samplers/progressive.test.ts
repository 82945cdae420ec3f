import { describe, expect, it } from 'vitest'
import { decisionsOf } from '../../../../../src/analysis/index.js'
import type { Ir } from '../../../../../src/ir/model/ir.js'
import { createRandom } from '../../../../../src/runtime/random/random.js'
import { openSampler } from '../../../../../src/runtime/search/components/samplers/index.js'
import type { ComponentUse } from '../../../../../src/runtime/search/components/component-use.js'
import { relaxSpace } from '../../../../../src/runtime/search/step/relax-space.js'
import { openSampledSpace } from '../../../../../src/runtime/search/step/sampled-space.js'
import { failureOf } from '../../../../support/failures.js'
import { settledPasses } from '../../../../support/passes.js'
import { compiledText } from '../../../../support/programs.js'

const program = (constraint = ''): Ir =>
  compiledText(`import { conv, global_pool, linear, relu } from std:nn
op block(kernel: int) = conv(channels, kernel) -> relu
space tiny {
  input image(8, 3)
  classes 3
  network {
    stem conv(4, 3)
    stage s { width 4; depth one of 1..3; layer block(one of {1, 3, 5}) }
    head global_pool -> linear(classes)
  }
  ${constraint}
}`)

const phase = (what: string, options: readonly number[], networks: number): ComponentUse => ({
  component: 'phase',
  arguments: { what, options, epochs: 2, lr: 0.1, networks },
})
const sampler = openSampler(
  { component: 'progressive', arguments: { phases: [phase('kernel', [3, 5], 1), phase('depth', [2, 3], 2)] } },
  'sample',
)
const position = (epoch: number, step: number) => ({ epoch, epochs: 4, step, steps: 50 })

/** Keys of the paths that are drawn in an epoch. */
function drawn(ir: Ir, epoch: number): readonly string[] {
  const space = openSampledSpace(ir, 'tiny', {}, relaxSpace([], decisionsOf(ir, 'tiny', { params: {} }), 'paths'))
  return Array.from({ length: 50 }, (_, step) =>
    sampler.passes(space, position(epoch, step), createRandom(7).stream(String(step))),
  ).flatMap((passes) => settledPasses(passes).map(({ key }) => key))
}

describe('progressive shrinking', () => {
  it('opens kind by kind, and trains as many networks as the phase says', () => {
    const [first, second] = [drawn(program(), 1), drawn(program(), 2)]
    expect([sampler.epochs, first.length, second.length]).toEqual([4, 50, 100])
    expect(first.every((key) => key.includes('"s.depth",[2]'))).toBe(true)
    // Of three layers with two kernels each, and of two or three layers.
    expect([new Set(first).size, new Set(second).size]).toEqual([8, 12])
    expect(first.some((key) => /kernel",\[0\]/u.test(key))).toBe(false)
  })

  it('says which options are open', () => {
    const [depth, kernel] = decisionsOf(program(), 'tiny', { params: {} })
    if (depth === undefined || kernel === undefined) throw new Error('two decisions')
    const open = (epoch: number) => [depth, kernel].map((each) => sampler.open?.(each, position(epoch, 0)))
    expect([open(0), open(2)]).toEqual([
      [[2], [1, 2]],
      [
        [1, 2],
        [1, 2],
      ],
    ])
  })

  it('keeps within the constraints of the space', () => {
    const within = program('require s.kernel[1] == s.kernel[2]'.replace(/s\.kernel\[(\d)\]/gu, 's.layer[$1].kernel'))
    const keys = drawn(within, 2)
    const kernelOf = (key: string, layer: number) =>
      new RegExp(`s.layer.${String(layer)}..kernel",.(\\d)`, 'u').exec(key)?.[1]
    expect(new Set(keys).size).toBe(6)
    for (const key of keys) expect(kernelOf(key, 1)).toBe(kernelOf(key, 2))
  })

  it('gives up where no open option meets them', async () => {
    const failure = await failureOf(() => drawn(program('require s.depth == 1'), 1))
    expect(failure.code).toBe('NAS7561')
  })
})
