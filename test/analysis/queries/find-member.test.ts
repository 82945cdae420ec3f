import { describe, expect, it } from 'vitest'
import {
  decisionsOf,
  memberFinder,
  unmetConstraints,
  type SelectionsByPath,
  type Bounds,
} from '../../../src/analysis/index.js'
import type { Ir } from '../../../src/ir/model/ir.js'
import { createRandom } from '../../../src/runtime/random/random.js'
import { enumerated, type Built } from '../../support/enumerated-spaces.js'
import { compiledText } from '../../support/programs.js'

const header = `import { bn, conv, global_pool, identity, linear, relu } from std:nn\n`

const stages = (requires: string): string => `${header}
space small {
  input image(one of {8, 12}, 3); classes 4
  network {
    stem conv(4, 3, stride: 2) -> bn
    stage a { width one of {4, 6}; depth one of 1..3; layer conv(channels, one of {1, 3}) -> relu }
    stage b { let k = one of {1, 3}; width 4; depth one of {1, 2}; stride 2; layer conv(channels, k) -> bn }
    head global_pool -> linear(classes)
  }
  ${requires}
}`

const cells = (from: string, requires: string): string => `${header}
cell node_by_node(s0, s1) {
  prepare s0, s1 { conv(channels) }
  node n[1..2] { from ${from}; through one of { identity, conv(channels, 3) }; merge sum }
  output concat(n)
  ${requires}
}
space small {
  input image(8, 3); classes 4
  cell normal = node_by_node
  network { stem conv(4, 3); stack 2 of normal, channels 4; head global_pool -> linear(classes) }
}`

const byMacs = (most: number): readonly Bounds[] => [{ quantity: 'macs', least: 0, most }]

/** What is meant by answers, by looking at every architecture. */
function agreeing(built: readonly Built[], answers: SelectionsByPath): readonly Built[] {
  const text = (options: readonly number[] = []): string => [...options].sort().join()
  return built.filter(({ architecture }) =>
    Object.entries(architecture.decisions).every(([path, options]) => text(options) === text(answers[path])),
  )
}

describe('the member of a space that some answers mean', () => {
  it.each([
    ['of stages, some of which have layers that others have not', stages(''), []],
    ['under a bound beside the space', stages(''), byMacs(40_000)],
    ['under constraints on costs and choices', stages('require parameters <= 900\n  require a.depth >= b.depth'), []],
    ['of cells whose nodes take two inputs', cells('any 2 of earlier', ''), []],
    [
      'of cells whose nodes take as many as they like',
      cells('any 1.. of earlier', 'require edges <= 3'),
      byMacs(60_000),
    ],
  ] as const)('%s', (_what, text, where) => {
    const ir: Ir = compiledText(text)
    const [most] = where.map((each) => each.most)
    const built = enumerated(ir, 'small').filter(
      ({ architecture, macs }) => macs <= (most ?? Infinity) && unmetConstraints(ir, architecture, {}).length === 0,
    )
    const find = memberFinder(ir, 'small', { params: {} }, where)
    const decisions = decisionsOf(ir, 'small', { params: {} })
    const random = createRandom(11)
    let members = 0
    for (let draw = 0; draw < 400; draw++) {
      const answers = Object.fromEntries(
        decisions.map(({ path, options, arity = { least: 1, most: 1 } }) => {
          const size = arity.least + random.integer(arity.most - arity.least + 1)
          return [path, [...random.permutation(options.length)].slice(0, size).sort((a, b) => a - b)] as const
        }),
      )
      const expected = agreeing(built, answers)
      const found = find(answers)
      expect(expected.length, JSON.stringify(answers)).toBe(found === undefined ? 0 : 1)
      const [only] = expected
      if (only === undefined || found === undefined) continue
      members++
      expect(found.costs).toMatchObject({ macs: only.macs, parameters: only.parameters })
      expect(agreeing([only], found.architecture.decisions)).toEqual([only])
    }
    expect(members).toBeGreaterThan(20)
    expect(members).toBeLessThanOrEqual(400)
    for (const { architecture } of built.slice(0, 100)) {
      expect(Object.keys(find(architecture.decisions)?.architecture.decisions ?? {}).sort()).toEqual(
        Object.keys(architecture.decisions).sort(),
      )
    }
  })
})
