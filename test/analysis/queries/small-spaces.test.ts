import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  costHistogram,
  costRange,
  countArchitectures,
  deadOptions,
  findContradiction,
  sampler,
  unmetConstraints,
} from '../../../src/analysis/index.js'
import { analysisOf } from '../../../src/analysis/queries/analysis.js'
import type { Ir } from '../../../src/ir/model/ir.js'
import { createRandom } from '../../../src/runtime/random/random.js'
import { enumerated, macsOf, type Built } from '../../support/enumerated-spaces.js'
import { compiledText } from '../../support/programs.js'

const header = `import { bn, conv, depthwise, global_pool, identity, linear, max_pool, relu, zero } from std:nn\n`
const options = { params: {} }

const stages = (requires = '', depth = '1..3'): string => `${header}
space small {
  input image(one of {8, 12}, 3); classes 4
  network {
    stem conv(one of {4, 8}, 3, stride: 2) -> bn
    stage a { width one of {4, 6}; depth one of ${depth}; layer conv(channels, one of {1, 3}) -> relu }
    stage b { let k = one of {1, 3}; width one of {4, 8, 12}; depth one of {1, 2}; stride 2; layer conv(channels, k) -> bn }
    head global_pool -> linear(classes)
  }
  ${requires}
}`

const cells = (from: string, output: string, requires = ''): string => `${header}
let candidates = { identity, conv(channels, 3) }
cell small(s0, s1) {
  prepare s0, s1 { conv(channels) }
  node n[1..2] { from ${from}; through one of candidates; merge sum }
  output ${output}
  ${requires}
}
space cells {
  input image(8, 3); classes 4
  cell normal = small
  network { stem conv(4, 3); stack 3 of normal, channels 4; head global_pool -> linear(classes) }
}`

function check(ir: Ir, space: string, built: readonly Built[]): void {
  const count = BigInt(built.length)
  expect(countArchitectures(ir, space, options).architectures).toBe(count)
  if (count === 0n) return
  for (const [quantity, of] of [
    ['macs', ({ macs }: Built) => macs],
    ['parameters', ({ parameters }: Built) => parameters],
    ['activation_bytes', ({ activationBytes }: Built) => activationBytes],
  ] as const) {
    const values = built.map(of)
    const range = costRange(ir, space, options, quantity)
    expect([range?.least.value, range?.greatest.value]).toEqual([Math.min(...values), Math.max(...values)])
    const expected = new Map<number, bigint>()
    for (const value of values) expected.set(value, (expected.get(value) ?? 0n) + 1n)
    const { bucketWidth, buckets } = costHistogram(ir, space, options, quantity)
    expect(bucketWidth).toBe(1)
    expect(new Map(buckets.map(({ from, count: each }) => [from, each]))).toEqual(expected)
  }
}

describe('against exhaustive enumeration', () => {
  it('stages with depths, widths, kernels per layer and per stage', () => {
    const ir = compiledText(stages())
    const built = enumerated(ir, 'small')
    expect(built).toHaveLength(2 * 2 * 2 * (2 + 4 + 8) * 2 * 3 * 2)
    check(ir, 'small', built)
    expect(analysisOf(ir, 'small', options).pathCount).toBe(BigInt(built.length))
  })

  it.each([
    ['any 1 of earlier', 'concat(n)'],
    ['any 2 of earlier', 'concat(n)'],
    ['any 1.. of earlier', 'concat(n)'],
    ['any 1.. of earlier', 'n[2]'],
    ['any 1 of earlier x { identity, max_pool(3) }', 'sum(n)'],
  ])('cells: from %s, output %s', (from, output) => {
    const text = from.includes(' x ')
      ? cells(from, output).replace('through one of candidates; ', '')
      : cells(from, output)
    const ir = compiledText(text)
    check(ir, 'cells', enumerated(ir, 'cells'))
    expect(analysisOf(ir, 'cells', options).pathCount).toBe(BigInt(enumerated(ir, 'cells').length))
  })

  it.each(['sum', 'concat', 'multiply'])('cells with several operations on an edge, merged by %s', (merge) => {
    const text = cells('any 1.. of { s0, s1 } x candidates', 'n[1]').replace(
      'through one of candidates; merge sum',
      `merge ${merge}`,
    )
    const ir = compiledText(text.replace('n[1..2]', 'n[1..1]'))
    check(ir, 'cells', enumerated(ir, 'cells'))
  })

  it('random stages under random bounds', () => {
    const number = fc.integer({ min: 1, max: 12 })
    const set = fc.uniqueArray(number, { minLength: 1, maxLength: 2 }).map((values) => `{${values.join(', ')}}`)
    const space = fc.record({ a: set, b: set, low: fc.integer({ min: 5_000, max: 60_000 }) })
    fc.assert(
      fc.property(space, ({ a, b, low }) => {
        const text = (requires: string): string => `${header}
space random {
  input image(one of {6, 8}, 3); classes 2
  network {
    stage a { width one of ${a}; depth one of {0, 1, 2}; layer conv(channels, one of {1, 3}) }
    stage b { width one of ${b}; depth one of {1, 2}; layer if in > 4 then conv(channels, one of {1, 3}) else conv(channels, 5) }
    head global_pool -> linear(classes)
  }
  ${requires}
}`
        const all = enumerated(compiledText(text('')), 'random')
        check(compiledText(text('')), 'random', all)
        const bounds = text(`require macs <= ${low} and a.width <= b.width`)
        const widths = (built: Built): readonly number[] =>
          [a, b].map((values, index) =>
            Number(values.slice(1, -1).split(', ')[built.architecture.decisions[`${'ab'[index]}.width`]?.[0] ?? 0]),
          )
        const left = all.filter((built) => {
          const [first = 0, second = 0] = widths(built)
          return built.macs <= low && first <= second
        })
        // A space without architectures is refused by the compiler.
        if (left.length === 0) expect(() => compiledText(bounds)).toThrow('no architecture of random satisfies')
        else expect(countArchitectures(compiledText(bounds), 'random', options).architectures).toBe(BigInt(left.length))
      }),
      { numRuns: 8, seed: 7 },
    )
  })
})

describe('constraints', () => {
  it('over decisions, one cost, and two costs', () => {
    const all = enumerated(compiledText(stages()), 'small')
    const widths = (built: Built): readonly number[] => [
      [4, 6][built.architecture.decisions['a.width']?.[0] ?? 0] ?? 0,
      [4, 8, 12][built.architecture.decisions['b.width']?.[0] ?? 0] ?? 0,
    ]
    const narrow = all.filter((built) => (widths(built)[0] ?? 0) < (widths(built)[1] ?? 0))
    const count = (requires: string): bigint =>
      countArchitectures(compiledText(stages(requires)), 'small', options).architectures
    expect(count('require a.width < b.width')).toBe(BigInt(narrow.length))
    expect(count('require flops <= 12k')).toBe(BigInt(all.filter(({ macs }) => macs <= 12_000).length))
    const both = narrow.filter(({ macs, parameters }) => macs <= 20_000 && parameters >= 700)
    const ir = compiledText(stages('require macs <= 20k and params >= 700; require a.width < b.width'))
    check(ir, 'small', both)
    const some = all.filter((_, index) => index % 12 === 0)
    const met = some.filter(({ architecture }) => unmetConstraints(ir, architecture, {}).length === 0)
    expect(met).toEqual(some.filter((built) => both.includes(built)))
  })

  it('of the topology of a cell', () => {
    const free = enumerated(compiledText(cells('any 1.. of earlier', 'concat(n)')), 'cells')
    const edges = ({ architecture }: Built): number =>
      Object.entries(architecture.decisions).reduce(
        (sum, [path, { length }]) => sum + (path.endsWith('.from') ? length : 0),
        0,
      )
    const ir = compiledText(cells('any 1.. of earlier', 'concat(n)', 'require edges <= 3'))
    check(
      ir,
      'cells',
      free.filter((built) => edges(built) <= 3),
    )
    const met = free.filter(({ architecture }) => unmetConstraints(ir, architecture, {}).length === 0)
    expect(met).toEqual(free.filter((built) => edges(built) <= 3))
    const differ = compiledText(cells('any 1.. of { s0, s1 }', 'concat(n)', 'require n[1].from != n[2].from'))
    // One operation of two on each edge; sets of inputs {0}, {1}, {0, 1}.
    expect(countArchitectures(differ, 'cells', options).architectures).toBe(8n * 8n - (2n * 2n + 2n * 2n + 4n * 4n))
  })

  it('of reached and used nodes, and of nodes left out', () => {
    const text = (requires: string): string => cells('any 0.. of earlier', 'concat(any 1.. of n)', requires)
    const free = enumerated(compiledText(text('')), 'cells')
    expect(countArchitectures(compiledText(text('require edges >= 0')), 'cells', options).architectures).toBe(
      BigInt(free.length),
    )
    for (const requires of [
      'require every node is reached and used',
      'require every node is reached and used, or removed',
    ]) {
      const ir = compiledText(text(requires))
      const met = free.filter(({ architecture }) => unmetConstraints(ir, architecture, {}).length === 0)
      check(ir, 'cells', met)
    }
  })

  it('that cannot hold together are named, and no others', () => {
    // Compiling refuses them together, so each comes from a program of its own.
    const together = (...requires: readonly string[]): Ir => {
      const all = requires.flatMap((text) => compiledText(stages(text)).spaces.flatMap((space) => space.requires))
      const ir = compiledText(stages())
      return { ...ir, spaces: ir.spaces.map((space) => ({ ...space, requires: all })) }
    }
    const causes = (ir: Ir): readonly string[] | undefined =>
      findContradiction(ir, 'small', options)?.constraints.map(({ text }) => text)
    const widths = together(
      'require a.width < b.width',
      'require b.width <= 8',
      'require a.width >= 6 and b.width <= 4',
    )
    expect(causes(widths)).toEqual(['a.width < b.width', 'b.width <= 4'])
    const costs = together('require macs <= 12k', 'require params >= 1', 'require macs >= 13k')
    expect(causes(costs)).toEqual(['macs <= 12k', 'macs >= 13k'])
    expect(causes(together('require a.width < b.width'))).toBeUndefined()
  })

  it('leave options that no architecture can take', () => {
    const ir = compiledText(stages('require a.width >= b.width'))
    const dead = deadOptions(ir, 'small', options)
    expect(dead.map(({ decision, option }) => `${decision.path} ${decision.options[option] ?? ''}`)).toEqual([
      'b.width 8',
      'b.width 12',
    ])
    expect(deadOptions(compiledText(stages()), 'small', options)).toEqual([])
  })
})

describe('sampling', () => {
  it('is uniform over what is allowed: chi-square against enumeration', () => {
    const ir = compiledText(stages('require a.width <= b.width', '1..2'))
    const where = [{ quantity: 'macs', least: 6_000, most: 16_000 }] as const
    const allowed = enumerated(ir, 'small').filter(({ architecture, macs }) => {
      const [a = 0, b = 0] = [architecture.decisions['a.width']?.[0], architecture.decisions['b.width']?.[0]]
      return macs >= 6_000 && macs <= 16_000 && ([4, 6][a] ?? 0) <= ([4, 8, 12][b] ?? 0)
    })
    const prepared = sampler(ir, 'small', options, { where })
    expect(prepared.count).toBe(BigInt(allowed.length))
    expect([prepared.blur, prepared.atMost]).toEqual([0, prepared.count])
    const random = createRandom(3, 'sample')
    const key = (decisions: Built['architecture']['decisions']): string =>
      JSON.stringify(Object.entries(decisions).sort())
    const seen = new Map(allowed.map(({ architecture }) => [key(architecture.decisions), 0]))
    const draws = 40 * allowed.length
    for (let draw = 0; draw < draws; draw++) {
      const name = key(prepared.draw(random).architecture.decisions)
      expect(seen.has(name)).toBe(true)
      seen.set(name, (seen.get(name) ?? 0) + 1)
    }
    const square = [...seen.values()].reduce((sum, count) => sum + (count - 40) ** 2 / 40, 0)
    const freedom = allowed.length - 1
    // Normal approximation of chi-square: four standard deviations.
    expect(Math.abs(square - freedom)).toBeLessThan(4 * Math.sqrt(2 * freedom))
    expect(macsOf(ir, 'small', prepared.draw(random).architecture)).toBeLessThanOrEqual(16_000)
  })
})
