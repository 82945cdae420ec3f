import { describe, expect, it } from 'vitest'
import { decisionsOf } from '../../../../../src/analysis/index.js'
import type { Ir } from '../../../../../src/ir/model/ir.js'
import { createRandom } from '../../../../../src/runtime/random/random.js'
import { openSampler } from '../../../../../src/runtime/search/components/samplers/index.js'
import type { SampledSpace } from '../../../../../src/runtime/search/components/samplers/sampler.js'
import type { ComponentUse } from '../../../../../src/runtime/search/components/component-use.js'
import { relaxSpace } from '../../../../../src/runtime/search/step/relax-space.js'
import { openSampledSpace } from '../../../../../src/runtime/search/step/sampled-space.js'
import { bindingOf, buildNetwork } from '../../../../../src/space/index.js'
import { costOf } from '../../../../../src/space/cost/index.js'
import { failureOf } from '../../../../support/failures.js'
import { settledPasses } from '../../../../support/passes.js'
import { compiledText } from '../../../../support/programs.js'

const program = (constraint = ''): Ir =>
  compiledText(`import { conv, global_pool, linear, relu } from std:nn
op block(kernel: int, expand: int) = conv(expand * in, kernel) -> relu -> conv(channels)
space tiny {
  input image(8, 3)
  classes 3
  network {
    stem conv(4, 3)
    stage s { width 4; depth one of 1..3; layer block(one of {1, 3, 5}, one of {1, 2}) }
    head global_pool -> linear(classes)
  }
  ${constraint}
}`)

function spaceOf(ir: Ir): SampledSpace {
  const relaxed = relaxSpace([], decisionsOf(ir, 'tiny', { params: {} }), 'paths')
  return openSampledSpace(ir, 'tiny', {}, relaxed)
}

const at = { epoch: 0, epochs: 1, step: 0, steps: 1 }
const use = (component: string, supplied: ComponentUse['arguments'] = {}): ComponentUse => ({
  component,
  arguments: supplied,
})
const anywhere = { least: 0, most: 1e12, bins: 0 }

function drawnBy(space: SampledSpace, sampler: ComponentUse, count: number): readonly string[] {
  const opened = openSampler(sampler, 'sample')
  return Array.from({ length: count }, (_, step) =>
    settledPasses(opened.passes(space, at, createRandom(3).stream(String(step)))),
  )
    .flat()
    .map(({ key }) => key)
}

function macsOf(ir: Ir, key: string): number {
  const decisions = Object.fromEntries(JSON.parse(key.slice('path '.length)) as readonly [string, readonly number[]][])
  const binding = bindingOf({ space: 'tiny', decisions })
  return costOf(buildNetwork(ir, 'tiny', { params: {}, binding, mode: 'standalone' })).macs
}

describe('uniform', () => {
  it('takes every option of every choice equally often, alike for equal seeds', () => {
    const space = spaceOf(program())
    const keys = drawnBy(space, use('uniform', anywhere), 900)
    expect(keys).toEqual(drawnBy(space, use('uniform', anywhere), 900))
    const depths = new Map<number, number>()
    for (const key of keys) {
      const layers = new Set(key.match(/layer\[\d\]/gu)).size
      depths.set(layers, (depths.get(layers) ?? 0) + 1)
    }
    // Chi-square of two degrees of freedom: 13.8 is passed once in a thousand.
    expect([...depths.keys()].sort()).toEqual([1, 2, 3])
    expect([...depths.values()].reduce((sum, count) => sum + (count - 300) ** 2 / 300, 0)).toBeLessThan(13.8)
  })

  it('keeps to the constraints of the space, and all that satisfy them come', () => {
    const ir = program('require macs <= 30k')
    const keys = drawnBy(spaceOf(ir), use('uniform', anywhere), 400)
    expect(Math.max(...keys.map((key) => macsOf(ir, key)))).toBeLessThanOrEqual(30_000)
    expect(new Set(keys).size).toBeGreaterThan(2)
  })

  it('draws a bin first, each that holds any equally likely, and an architecture in it', () => {
    const ir = program()
    const range = { least: 20_000, most: 59_999, bins: 10_000 }
    const costs = drawnBy(spaceOf(ir), use('uniform', range), 400).map((key) => macsOf(ir, key))
    const bins = new Map<number, number>()
    for (const macs of costs) bins.set(Math.floor(macs / 10_000), (bins.get(Math.floor(macs / 10_000)) ?? 0) + 1)
    const expected = costs.length / bins.size
    expect([...bins.keys()].every((bin) => bin >= 2 && bin <= 5)).toBe(true)
    expect([...bins.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)).toBeLessThan(16.3)
  })

  it('says what range holds nothing', async () => {
    const nothing = use('uniform', { least: 5e9, most: 6e9, bins: 0 })
    const failure = await failureOf(() => drawnBy(spaceOf(program()), nothing, 1))
    expect(failure).toMatchObject({ code: 'NAS7551', message: expect.stringContaining('5,000,000,000') as string })
  })
})

describe('sandwich', () => {
  it('is the largest, what lies between, and the smallest network', () => {
    const ir = program()
    const sampler = openSampler(use('sandwich', { middle: use('uniform', anywhere), count: 2 }), 'sample')
    const passes = settledPasses(sampler.passes(spaceOf(ir), at, createRandom(1)))
    expect(passes.map(({ name }) => name)).toEqual(['largest', 'middle[1]', 'middle[2]', 'smallest'])
    const macs = passes.map(({ key }) => macsOf(ir, key))
    expect(Math.max(...macs)).toBe(macs[0])
    expect(Math.min(...macs)).toBe(macs[3])
    expect(passes.every(({ trains }) => trains)).toBe(true)
  })
})

describe('what objectives are for', () => {
  it('all covers every pass, a name its own, others those that no other objective names', () => {
    const named = new Set(['largest'])
    const covers = (component: string, pass: string): boolean => openSampler(use(component), 'for').covers(pass, named)
    expect(['all', 'largest', 'smallest', 'others'].map((each) => covers(each, 'largest'))).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect(['all', 'largest', 'smallest', 'others'].map((each) => covers(each, 'smallest'))).toEqual([
      true,
      false,
      true,
      true,
    ])
  })
})
