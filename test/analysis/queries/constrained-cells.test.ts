import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  countArchitectures,
  costHistogram,
  deadOptions,
  findContradiction,
  isSurelySound,
} from '../../../src/analysis/index.js'
import type { Ir } from '../../../src/ir/model/ir.js'
import { enumerated, type Built } from '../../support/enumerated-spaces.js'
import { compiledText } from '../../support/programs.js'

const options = { params: {} }

const text = (from: string, output: string, requires: string): string => `
import { conv, global_pool, linear } from std:nn
cell small(x) {
  node n[1..3] { from ${from} of earlier; through conv(channels, 3); merge sum }
  output ${output}
  ${requires}
}
space cells {
  input image(8, 3); classes 4
  cell normal = small
  network { stem conv(4, 3); stack 2 of normal, channels 4; head global_pool -> linear(classes) }
}`

/** The graph of an architecture, found here once more: edges, and nodes that are reached, used, or left out. */
function graphOf({ architecture: { decisions } }: Built): {
  readonly edges: number
  readonly reached: number
  readonly used: number
  readonly removed: number
} {
  const sources = [1, 2, 3].map((node) => decisions[`normal.n${node}.from`] ?? [])
  const outputs = decisions['normal.output']?.map((option) => option + 1) ?? [1, 2, 3]
  const reached = new Set([0])
  sources.forEach((list, node) => {
    if (list.some((source) => reached.has(source))) reached.add(node + 1)
  })
  const used = new Set(outputs.filter((output) => reached.has(output)))
  for (let node = 3; node >= 1; node--) {
    if (used.has(node)) for (const source of sources[node - 1] ?? []) if (reached.has(source)) used.add(source)
  }
  const nodes = [1, 2, 3]
  const isRead = (node: number): boolean => sources.some((list) => list.includes(node)) || outputs.includes(node)
  const chosen = decisions['normal.output'] === undefined ? [] : outputs
  return {
    // An edge is there if what it reads is.
    edges:
      sources.flatMap((list) => list.filter((source) => reached.has(source))).length +
      chosen.filter((output) => reached.has(output)).length,
    reached: nodes.filter((node) => reached.has(node)).length,
    used: nodes.filter((node) => used.has(node)).length,
    removed: nodes.filter((node) => !reached.has(node) && !isRead(node)).length,
  }
}

type Graph = ReturnType<typeof graphOf>
interface Condition {
  readonly text: string
  readonly holds: (graph: Graph) => boolean
}

const bound = fc.integer({ min: 1, max: 9 })
const condition: fc.Arbitrary<Condition> = fc.oneof(
  bound.map((most) => ({ text: `edges <= ${most}`, holds: ({ edges }: Graph) => edges <= most })),
  bound.map((most) => ({ text: `${most} > edges`, holds: ({ edges }: Graph) => edges < most })),
  bound.map((least) => ({ text: `edges >= ${least}`, holds: ({ edges }: Graph) => edges >= least })),
  bound.map((number) => ({ text: `edges != ${number}`, holds: ({ edges }: Graph) => edges !== number })),
  fc.constant({ text: 'every node is reached', holds: ({ reached }: Graph) => reached === 3 }),
  fc.constant({ text: 'every node is reached and used', holds: ({ used }: Graph) => used === 3 }),
  fc.constant({
    text: 'every node is reached and used, or removed',
    holds: ({ used, removed }: Graph) => used + removed === 3,
  }),
)

describe('cells under random constraints', () => {
  it('are counted as enumeration counts them, and costs too; what a narrow look finds sound is sound', () => {
    const free = new Map<string, readonly Built[]>()
    const seen = { unsatisfiable: 0, satisfiable: 0, surelySound: 0 }
    const shape = fc.constantFrom(
      ['any 1', 'concat(n)'] as const,
      ['any 0..', 'concat(any 1.. of n)'] as const,
      ['any 1..', 'concat(n)'] as const,
    )
    fc.assert(
      fc.property(shape, fc.array(condition, { minLength: 1, maxLength: 2 }), ([from, output], conditions) => {
        const key = `${from} ${output}`
        const all = free.get(key) ?? enumerated(compiledText(text(from, output, '')), 'cells')
        free.set(key, all)
        const met = all.filter((built) => conditions.every(({ holds }) => holds(graphOf(built))))
        const requires = conditions.map((each) => `require ${each.text}`).join('; ')
        seen[met.length === 0 ? 'unsatisfiable' : 'satisfiable'] += 1
        if (met.length === 0) {
          // A space without architectures is refused by the compiler.
          expect(() => compiledText(text(from, output, requires))).toThrow('no architecture of cells satisfies')
          return
        }
        const ir = compiledText(text(from, output, requires))
        expect(countArchitectures(ir, 'cells', options).architectures).toBe(BigInt(met.length))
        const expected = new Map<number, bigint>()
        for (const { macs } of met) expected.set(macs, (expected.get(macs) ?? 0n) + 1n)
        const { buckets } = costHistogram(ir, 'cells', options, 'macs')
        expect(new Map(buckets.map(({ from: cost, count }) => [cost, count]))).toEqual(expected)
        if (!isSurelySound(ir, 'cells', options)) return
        seen.surelySound += 1
        expect(findContradiction(ir, 'cells', options)).toBeUndefined()
        expect(deadOptions(ir, 'cells', options)).toEqual([])
      }),
      { numRuns: 20, seed: 3 },
    )
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(0)
  })

  it('that cannot hold together are named, and no others', () => {
    const requires = [
      'edges >= 1',
      'edges <= 2',
      'every node is reached and used',
      'every node is reached and used, or removed',
    ]
    // Compiling refuses them together, so each comes from a program of its own.
    const all = requires.flatMap((each) =>
      compiledText(text('any 0..', 'concat(any 1.. of n)', `require ${each}`)).cells.flatMap((cell) => cell.requires),
    )
    const free = compiledText(text('any 0..', 'concat(any 1.. of n)', ''))
    const ir: Ir = { ...free, cells: free.cells.map((cell) => ({ ...cell, requires: all })) }
    const found = findContradiction(ir, 'cells', options)
    expect(found?.constraints.map((each) => each.text)).toEqual(['edges <= 2', 'every node is reached and used'])
  })
})
