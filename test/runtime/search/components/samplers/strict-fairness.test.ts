import { describe, expect, it } from 'vitest'
import { decisionsOf } from '../../../../../src/analysis/index.js'
import { createRandom } from '../../../../../src/runtime/random/random.js'
import { openSampler } from '../../../../../src/runtime/search/components/samplers/index.js'
import { relaxSpace } from '../../../../../src/runtime/search/step/relax-space.js'
import { openSampledSpace } from '../../../../../src/runtime/search/step/sampled-space.js'
import { failureOf } from '../../../../support/failures.js'
import { settledPasses } from '../../../../support/passes.js'
import { compiledText } from '../../../../support/programs.js'

const spaceOf = (layer: string, constraint = '') => {
  const ir = compiledText(`import { conv, global_pool, identity, linear } from std:nn
space tiny {
  input image(8, 3)
  classes 3
  network {
    stage s { width 4; depth 3; layer ${layer} }
    head global_pool -> linear(classes)
  }
  ${constraint}
}`)
  return openSampledSpace(ir, 'tiny', {}, relaxSpace([], decisionsOf(ir, 'tiny', { params: {} }), 'paths'))
}

const kernels = 'conv(channels, one of {1, 3, 5, 7})'
const at = { epoch: 0, epochs: 1, step: 0, steps: 1 }
const sampler = openSampler({ component: 'strict_fairness', arguments: {} }, 'sample')

/** What the paths of a step take. */
function paths(space: ReturnType<typeof spaceOf>, step: number) {
  const passes = settledPasses(sampler.passes(space, at, createRandom(5).stream(String(step))))
  expect(passes.map(({ name }) => name)).toEqual(passes.map((_, index) => `path[${String(index + 1)}]`))
  return passes.map(
    ({ key }) =>
      Object.fromEntries(JSON.parse(key.slice('path '.length)) as [string, number[]][]) as Record<string, number[]>,
  )
}

describe('strict fairness', () => {
  it.each([
    ['freely', ''],
    ['within constraints', 'require s.layer[1].kernel != s.layer[2].kernel'],
  ])('takes each option of every choice once in every step, %s', (_, constraint) => {
    const space = spaceOf(kernels, constraint)
    const steps = Array.from({ length: 50 }, (__, step) => paths(space, step))
    for (const step of steps) {
      expect(step).toHaveLength(4)
      for (const { path } of space.decisions) {
        expect(step.map((selection) => selection[path]?.[0]).toSorted()).toEqual([0, 1, 2, 3])
      }
      for (const selection of step) expect(space.meetsConstraints(selection)).toBe(true)
    }
    expect(new Set(steps.map((step) => JSON.stringify(step))).size).toBeGreaterThan(45)
    expect(paths(space, 7)).toEqual(steps[7])
  })

  it.each([
    ['choices of other sizes', 'one of { conv(channels, one of {1, 3}), identity, conv(channels, 5) }', '2 options'],
    ['choices within choices', 'one of { conv(channels, one of {1, 3}), identity }', 'under some options'],
  ])('is refused of %s', async (_, layer, message) => {
    const failure = await failureOf(() => paths(spaceOf(layer), 0))
    expect(failure).toMatchObject({ code: 'NAS7644', message: expect.stringContaining(message) as string })
  })
})
