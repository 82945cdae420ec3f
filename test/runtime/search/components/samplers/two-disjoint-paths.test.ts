import { describe, expect, it } from 'vitest'
import { decisionsOf } from '../../../../../src/analysis/index.js'
import type { Ir } from '../../../../../src/ir/model/ir.js'
import { createRandom } from '../../../../../src/runtime/random/random.js'
import { openSampler } from '../../../../../src/runtime/search/components/samplers/index.js'
import type { SampledSpace } from '../../../../../src/runtime/search/components/samplers/sampler.js'
import { relaxSpace } from '../../../../../src/runtime/search/step/relax-space.js'
import { openSampledSpace } from '../../../../../src/runtime/search/step/sampled-space.js'
import { failureOf } from '../../../../support/failures.js'
import { settledPasses } from '../../../../support/passes.js'
import { compiledText } from '../../../../support/programs.js'

const program = (constraint = ''): Ir =>
  compiledText(`import { conv, global_pool, linear } from std:nn
space tiny {
  input image(8, 3)
  classes 3
  network {
    stage s { width 4; depth 3; layer conv(channels, one of {1, 3, 5, 7}) }
    head global_pool -> linear(classes)
  }
  ${constraint}
}`)

function spaceOf(ir: Ir): SampledSpace {
  return openSampledSpace(ir, 'tiny', {}, relaxSpace([], decisionsOf(ir, 'tiny', { params: {} }), 'paths'))
}

const at = { epoch: 0, epochs: 1, step: 0, steps: 1 }

type Taken = Readonly<Record<string, readonly number[]>>

/** What the two paths of every step take. */
function pairs(ir: Ir, steps: number): readonly (readonly [Taken, Taken])[] {
  const space = spaceOf(ir)
  const sampler = openSampler({ component: 'two_disjoint_paths', arguments: {} }, 'sample')
  return Array.from({ length: steps }, (_, step) => {
    const passes = settledPasses(sampler.passes(space, at, createRandom(5).stream(String(step))))
    expect(passes.map(({ name, trains }) => [name, trains])).toEqual([
      ['path[1]', true],
      ['path[2]', true],
    ])
    const [first = {}, second = {}] = passes.map(({ key }): Taken =>
      Object.fromEntries(JSON.parse(key.slice('path '.length)) as [string, number[]][]),
    )
    return [first, second]
  })
}

function shared([first, second]: readonly [Taken, Taken]): readonly string[] {
  return Object.keys(first).filter((path) => first[path]?.some((option) => second[path]?.includes(option)))
}

describe('two disjoint paths', () => {
  it('share no option of any choice; each option is taken in half of the steps, each pair of two in a sixth', () => {
    const drawn = pairs(program(), 1200)
    expect(drawn.flatMap(shared)).toEqual([])
    for (const path of Object.keys(drawn[0]?.[0] ?? {})) {
      const counts = new Map<string, number>()
      const active = new Map<number, number>()
      for (const [first, second] of drawn) {
        const taken = [first[path]?.[0] ?? -1, second[path]?.[0] ?? -1].sort()
        counts.set(taken.join(), (counts.get(taken.join()) ?? 0) + 1)
        for (const option of taken) active.set(option, (active.get(option) ?? 0) + 1)
      }
      expect(counts.size).toBe(6)
      // Chi-square of five degrees of freedom: 20.5 is passed once in a thousand.
      expect([...counts.values()].reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0)).toBeLessThan(20.5)
      // Five standard deviations of a fair coin.
      for (const count of active.values()) expect(Math.abs(count - 600)).toBeLessThan(87)
    }
  })

  it('are alike for equal seeds', () => {
    expect(pairs(program(), 20)).toEqual(pairs(program(), 20))
  })

  it('keep to the constraints of the space', () => {
    const ir = program('require s.layer[1].kernel == 1 or s.layer[2].kernel <= 3')
    const drawn = pairs(ir, 200)
    expect(drawn.flatMap(shared)).toEqual([])
    const space = spaceOf(ir)
    for (const path of drawn.flat()) expect(space.meetsConstraints(path)).toBe(true)
    expect(new Set(drawn.map((pair) => JSON.stringify(pair))).size).toBeGreaterThan(100)
  })

  it('say which first path leaves no second one', async () => {
    const failure = await failureOf(() => pairs(program('require s.layer[1].kernel == 3'), 1))
    expect(failure).toMatchObject({ code: 'NAS7691', message: expect.stringContaining('s.layer[1].kernel') as string })
  })
})
