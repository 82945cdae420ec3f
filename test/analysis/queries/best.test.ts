import { describe, expect, it } from 'vitest'
import { bestArchitecture, unmetConstraints } from '../../../src/analysis/index.js'
import { createRandom } from '../../../src/runtime/random/random.js'
import { enumerated, type Built } from '../../support/enumerated-spaces.js'
import { compiledText } from '../../support/programs.js'

const space = (requires: string): string => `
import { bn, conv, global_pool, identity, linear, relu } from std:nn
let candidates = { identity, conv(channels, 3) }
cell pair(s0, s1) {
  prepare s0, s1 { conv(channels) }
  node n[1..2] { from any 1 of earlier; through one of candidates; merge sum }
  output concat(n)
}
space small {
  input image(one of {8, 12}, 3); classes 4
  cell normal = pair
  network {
    stage a { width one of {4, 6}; depth one of 1..2; layer conv(channels, one of {1, 3}) -> relu }
    stack 2 of normal, channels 4
    head global_pool -> linear(classes)
  }
  ${requires}
}`

/** A score in -1 … 0 for every selection: that of a set has nothing to do with those of its options. */
function scoresOf(seed: number): (path: string, options: readonly number[]) => number {
  const draws = createRandom(seed).stream('scores')
  return (path, options) => -draws.stream(`${path} ${options.join(',')}`).uniform()
}

const depthOf = ({ architecture }: Built): number => (architecture.decisions['a.depth']?.[0] ?? 0) + 1

describe('the best architecture', () => {
  const all = enumerated(compiledText(space('')), 'small')

  it.each<[string, (built: Built) => boolean]>([
    ['', () => true],
    ['require macs <= 60_000', ({ macs }) => macs <= 60_000],
    ['require macs >= 40_000 and macs <= 70_000', ({ macs }) => macs >= 40_000 && macs <= 70_000],
    [
      'require macs <= 80_000; require parameters >= 600',
      ({ macs, parameters }) => macs <= 80_000 && parameters >= 600,
    ],
    ['require macs <= 60_000 or a.depth == 1', (built) => built.macs <= 60_000 || depthOf(built) === 1],
    ['require a.depth == 2', (built) => depthOf(built) === 2],
  ])('is the best of all that satisfy: %s', (requires, holds) => {
    const allowed = all.filter(holds)
    expect(allowed.length).toBeGreaterThan(10)
    const ir = compiledText(space(requires))
    for (const seed of [1, 2, 3]) {
      const score = scoresOf(seed)
      const scoreOf = (decisions: Readonly<Record<string, readonly number[]>>): number =>
        Object.entries(decisions).reduce((sum, [path, options]) => sum + score(path, options), 0)
      const best = bestArchitecture(ir, 'small', { params: {} }, ({ path }, options) => score(path, options))
      expect(best && scoreOf(best.decisions)).toBeCloseTo(
        Math.max(...allowed.map(({ architecture }) => scoreOf(architecture.decisions))),
        9,
      )
      expect(best && unmetConstraints(ir, best, {})).toEqual([])
    }
  })

  it.each([
    'require macs >= 40_000 and macs <= 70_000',
    'require macs <= 36_000',
    'require macs >= 50_000 and macs <= 50_400',
    'require macs <= 80_000; require parameters >= 600',
  ])('is one that satisfies %s, also where sums are too many to be kept apart', (requires) => {
    const ir = compiledText(space(requires))
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const score = scoresOf(seed)
      const best = bestArchitecture(ir, 'small', { params: {} }, ({ path }, options) => score(path, options), 24)
      expect(best && unmetConstraints(ir, best, {})).toEqual([])
    }
  })

  it('takes no option that must not be', () => {
    const ir = compiledText(space(''))
    const best = bestArchitecture(ir, 'small', { params: {} }, ({ path }, [option]) =>
      path === 'a.depth' && option === 0 ? -Infinity : 0,
    )
    expect(best?.decisions['a.depth']).toEqual([1])
    const none = bestArchitecture(ir, 'small', { params: {} }, ({ path }) => (path === 'a.depth' ? -Infinity : 0))
    expect(none).toBe(undefined)
  })
})

describe('the best architecture of sets of inputs', () => {
  const sets = (requires: string): string => `
import { conv, global_pool, identity, linear } from std:nn
cell pair(s0, s1) {
  node n[1..2] { from any 1..2 of earlier; through one of { identity, conv(channels, 3) }; merge sum }
  output concat(n)
}
space small {
  input image(4, 2); classes 2
  cell normal = pair
  network { stem conv(2, 1); stack 1 of normal, channels 2; head global_pool -> linear(classes) }
  ${requires}
}`
  const all = enumerated(compiledText(sets('')), 'small')

  it.each<[string, (built: Built) => boolean]>([
    ['', () => true],
    ['require macs <= 1700', ({ macs }) => macs <= 1700],
    ['require macs >= 1200 and macs <= 1700', ({ macs }) => macs >= 1200 && macs <= 1700],
  ])('is the best of all that satisfy, where a set is worth what no sum of its options is: %s', (requires, holds) => {
    const allowed = all.filter(holds)
    expect(allowed.length).toBeGreaterThan(10)
    const ir = compiledText(sets(requires))
    for (const seed of [1, 2, 3, 4]) {
      const score = scoresOf(seed)
      const scoreOf = (decisions: Readonly<Record<string, readonly number[]>>): number =>
        Object.entries(decisions).reduce((sum, [path, options]) => sum + score(path, options), 0)
      const best = bestArchitecture(ir, 'small', { params: {} }, ({ path }, options) => score(path, options))
      expect(best && scoreOf(best.decisions)).toBeCloseTo(
        Math.max(...allowed.map(({ architecture }) => scoreOf(architecture.decisions))),
        9,
      )
      expect(best && unmetConstraints(ir, best, {})).toEqual([])
    }
  })
})
