import { describe, expect, it } from 'vitest'
import { decisionsOf } from '../../../../../src/analysis/index.js'
import { createRandom } from '../../../../../src/runtime/random/random.js'
import type { ComponentUse } from '../../../../../src/runtime/search/components/component-use.js'
import { drawTable } from '../../../../../src/runtime/search/components/samplers/cost-table.js'
import { openSampler } from '../../../../../src/runtime/search/components/samplers/index.js'
import { binOf, rangeOf } from '../../../../../src/runtime/search/components/samplers/macs-bins.js'
import {
  isContested,
  type ContestedPass,
  type SampledSpace,
  type Selection,
} from '../../../../../src/runtime/search/components/samplers/sampler.js'
import { relaxSpace } from '../../../../../src/runtime/search/step/relax-space.js'
import { openSampledSpace } from '../../../../../src/runtime/search/step/sampled-space.js'
import { failureOf } from '../../../../support/failures.js'
import { compiledText } from '../../../../support/programs.js'

const ir = compiledText(`import { conv, global_pool, linear, relu } from std:nn
op block(kernel: int, expand: int) = conv(expand * in, kernel) -> relu -> conv(channels)
space tiny {
  input image(8, 3)
  classes 3
  network {
    stem conv(one of {4, 6, 8}, 3)
    stage s { width one of {4, 6}; depth one of 1..3; layer block(one of {1, 3, 5} per stage, one of {1, 2} per stage) }
    head global_pool -> linear(classes)
  }
}`)
const space = openSampledSpace(ir, 'tiny', {}, relaxSpace([], decisionsOf(ir, 'tiny', { params: {} }), 'paths'))
const width = 20_000
const at = { epoch: 0, epochs: 1, step: 0, steps: 1 }
const byLoss: ComponentUse = { component: 'batch_loss', arguments: {} }

const sampler = (pick: ComponentUse, prior: 'exact' | 'table' = 'exact', draws = 101) =>
  openSampler({ component: 'attentive', arguments: { pick, bins: width, prior, samples: 3000, draws } }, 'sample')
const pick = (component: string, of: number): ComponentUse => ({ component, arguments: { of, by: byLoss } })

/** Every architecture of the space with its cost. */
const all = new Map<string, number>()
const visit = (selection: Selection, [decision, ...rest]: SampledSpace['decisions']): void => {
  if (decision !== undefined)
    for (const option of decision.options.keys()) visit({ ...selection, [decision.path]: [option] }, rest)
  else all.set(space.path('', selection).key, space.member(selection)?.macs ?? NaN)
}
visit({}, space.decisions)

function macsOf(key: string): number {
  const macs = all.get(key)
  if (macs === undefined) throw new Error(`${key} is no architecture of the space`)
  return macs
}

/** What is drawn for a step; of a cost that one architecture has there is nothing to pick. */
function contestOf(opened: ReturnType<typeof sampler>, step: number): Pick<ContestedPass, 'candidates' | 'pick'> {
  const [found] = opened.passes(space, at, createRandom(4).stream(String(step)))
  if (found === undefined) throw new Error('nothing is drawn')
  return isContested(found) ? found : { candidates: [found], pick: () => 0 }
}

describe.each(['exact', 'table'] as const)('attentive sampling, %s', (prior) => {
  const contests = Array.from({ length: 400 }, (_, step) => contestOf(sampler(pick('best', 3), prior), step))

  it('draws a cost as often as uniform samples have it', () => {
    const shares = new Map<number, number>()
    for (const macs of all.values())
      shares.set(binOf(macs, width), (shares.get(binOf(macs, width)) ?? 0) + 1 / all.size)
    const drawn = new Map<number, number>()
    for (const { candidates } of contests) {
      const bin = binOf(macsOf(candidates[0]?.key ?? ''), width)
      drawn.set(bin, (drawn.get(bin) ?? 0) + 1)
    }
    const common = [...shares].filter(([, share]) => share * contests.length >= 5)
    const distance = common.reduce((sum, [bin, share]) => {
      const expected = share * contests.length
      return sum + ((drawn.get(bin) ?? 0) - expected) ** 2 / expected
    }, 0)
    expect(common.length).toBeGreaterThan(5)
    // Six deviations above the mean of a chi-square.
    expect(distance).toBeLessThan(common.length + 6 * Math.sqrt(2 * common.length))
  })

  it('draws several networks of one cost, all of them valid, alike for equal seeds', () => {
    for (const { candidates } of contests) {
      const bins = new Set(candidates.map(({ key }) => binOf(macsOf(key), width)))
      expect([bins.size, candidates.every(({ trains }) => trains)]).toEqual([1, true])
    }
    const keys = contests.slice(0, 20).map(({ candidates }) => candidates.map(({ key }) => key))
    const again = keys.map((_, step) =>
      contestOf(sampler(pick('best', 3), prior), step).candidates.map(({ key }) => key),
    )
    expect(again).toEqual(keys)
  })

  it('by cost picks the dearest as the best of them, and the cheapest as the worst', () => {
    for (const [component, dearest] of [
      ['best', Math.max],
      ['worst', Math.min],
    ] as const) {
      for (let step = 0; step < 50; step++) {
        const { candidates, pick: picked } = contestOf(sampler(pick(component, 5), prior), step)
        const macs = candidates.map(({ key }) => macsOf(key))
        expect(macs[picked(macs)]).toBe(dearest(...macs))
      }
    }
  })

  it('of one network needs no score', () => {
    const [only] = sampler(pick('best', 1), prior).passes(space, at, createRandom(1))
    expect(only !== undefined && isContested(only)).toBe(false)
  })
})

describe('exact draws of a cost', () => {
  it('have every architecture of it equally often', () => {
    const [bin = 0] = [...all.values()]
      .map((macs) => binOf(macs, width))
      .sort((a, b) => a - b)
      .slice(all.size / 2)
    const members = [...all].filter(([, macs]) => binOf(macs, width) === bin)
    expect(members.length).toBeGreaterThan(3)
    const counts = new Map<string, number>()
    const random = createRandom(9)
    const draws = 200 * members.length
    for (let draw = 0; draw < draws; draw++) {
      const { key } = space.path('', space.drawWithin(random, rangeOf(bin, width)).selected)
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    expect([...counts.keys()].sort()).toEqual(members.map(([key]) => key).sort())
    const distance = [...counts.values()].reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0)
    expect(distance).toBeLessThan(members.length + 6 * Math.sqrt(2 * members.length))
  })

  it('lie in bins that hold every cost once', () => {
    for (const macs of [0, 9_999, 10_000, 29_999, 30_000, 30_001]) {
      const { least, most } = rangeOf(binOf(macs, width), width)
      expect(macs >= least && macs <= most).toBe(true)
    }
    expect(rangeOf(2, width).least).toBe(rangeOf(1, width).most + 1)
  })
})

describe('the table of costs', () => {
  const table = drawTable(space, { width, samples: 3000 })
  const bins = [...new Set([...all.values()].map((macs) => binOf(macs, width)))]

  it('gives up after so many draws, and takes the last one', () => {
    const once = bins.flatMap((bin) =>
      Array.from({ length: 20 }, (_, draw) => table.draw(space, bin, createRandom(draw), 1)).map(
        ({ candidate, draws }) => [draws, binOf(candidate.macs, width) === bin] as const,
      ),
    )
    expect(once.every(([draws]) => draws === 1)).toBe(true)
    expect(new Set(once.map(([, isWithin]) => isWithin)).size).toBe(2)
  })

  it('is the same for every run', () => {
    const again = drawTable(space, { width, samples: 3000 })
    const drawn = (of: typeof table) => of.draw(space, of.bin(createRandom(2)), createRandom(3), 101).candidate
    expect(drawn(again)).toEqual(drawn(table))
  })
})

it('picks with nothing that scores several rounds', async () => {
  const evolution: ComponentUse = {
    component: 'evolution',
    arguments: {
      ...{ population: 4, generations: 2, mutants: 1, crossovers: 1, mutation: 0.1, crossover: 0.5, parents: 0 },
      ...{ aging: false, tournament: 0, most: 1e12 },
    },
  }
  expect((await failureOf(() => sampler(evolution))).code).toBe('NAS7502')
})
