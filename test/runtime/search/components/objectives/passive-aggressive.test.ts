import { describe, expect, it } from 'vitest'
import { decisionsOf } from '../../../../../src/analysis/index.js'
import { lowerMixture } from '../../../../../src/runtime/plan/mixture.js'
import { StepVariables } from '../../../../../src/runtime/plan/variables.js'
import { ProgramBuilder } from '../../../../../src/runtime/program/builder.js'
import { gradients } from '../../../../../src/runtime/program/differentiate.js'
import { interpret } from '../../../../../src/runtime/program/interpret.js'
import type { ValueId } from '../../../../../src/runtime/program/program.js'
import { openObjective } from '../../../../../src/runtime/search/components/objectives/index.js'
import { derive } from '../../../../../src/runtime/search/step/derive.js'
import { openEvidence } from '../../../../../src/runtime/search/step/evidence.js'
import { relaxSpace } from '../../../../../src/runtime/search/step/relax-space.js'
import { buildNetwork } from '../../../../../src/space/index.js'
import { numbersFrom } from '../../../../support/numbers.js'
import { compiledText } from '../../../../support/programs.js'

const use = (component: string, supplied = {}) => ({ component, arguments: supplied })

/** A cell of two copies: one node with both inputs, one with two of three. */
const space = (candidates: string, through = `one of { ${candidates} }`): string => `
import { conv, global_pool, identity, linear } from std:nn
import { none, partial, relu_conv, skip } from std:cells
cell some(s0, s1) {
  prepare s0, s1 { conv(channels) }
  node n[1..2] { from any 2 of earlier; through ${through}; merge sum }
  output concat(n)
}
space small {
  input image(4, 2); classes 2
  cell only = some
  network { stem conv(4); stack 2 of only, channels 4; head global_pool -> linear(classes) }
}`

/** The term on a space as a function of logits, and its gradients; what else is added up comes from `more`. */
function termOf(text: string, per: string, invalid: string, margin: number, more?: More) {
  const ir = compiledText(text)
  const decisions = decisionsOf(ir, 'small', { params: {} })
  const clauses = [
    { target: 'through', by: use('softmax', { temperature: 1 }) },
    { target: 'from', by: per === 'gate' ? use('gates') : use('combinatorial', { per }) },
  ]
  const relaxed = relaxSpace(clauses, decisions)
  const network = buildNetwork(ir, 'small', { params: {}, binding: relaxed.binding, mode: 'shared' })
  const builder = new ProgramBuilder()
  const variables = new StepVariables()
  const mixture = lowerMixture(builder, network, { batch: 1, mode: 'train', weights: relaxed.weights }, variables)
  const nothing = builder.one('fill', [], { shape: [], value: 0 })
  const networks = { network, costed: network }
  const pass = { builder, variables, ...networks, mixture, pass: 'all', logits: nothing, labels: nothing, batch: 1 }
  const { value: term } = openObjective(use('passive_aggressive', { invalid, margin }), 'minimise').emission.emit({
    ...pass,
    ...{ reads: () => nothing, companions: [], features: () => nothing, readsKey: () => nothing },
  })
  const total = mixture && more ? more(builder, mixture, term) : term
  const logits = variables.all.map(({ name, shape }) => builder.variable(name, shape))
  const slopes = gradients(builder, total, logits).flatMap((slope, i) =>
    slope === undefined ? [] : [[variables.all[i]?.name ?? '', slope] as const],
  )
  const program = builder.build({ term, total, ...Object.fromEntries(slopes) })
  const read = (store: ReadonlyMap<string, Float64Array>) =>
    interpret(program, { inputs: {}, variables: store, precision: 'double' })
  return { decisions, relaxed, read, variables: variables.all }
}

type More = (builder: ProgramBuilder, mixture: NonNullable<ReturnType<typeof lowerMixture>>, term: ValueId) => ValueId

type Term = ReturnType<typeof termOf>

/** Logits with a random value each, or as given. */
function storeOf({ variables }: Term, value: (name: string, i: number) => number): Map<string, Float64Array> {
  return new Map(
    variables.map(({ name, shape: [size = 0] }) => [
      name,
      Float64Array.from({ length: size }, (_, i) => value(name, i)),
    ]),
  )
}

function evidenceOf({ relaxed }: Term, store: ReadonlyMap<string, Float64Array>) {
  const read = (name: string): Float32Array => Float32Array.from(store.get(name) ?? [])
  return openEvidence(relaxed).read(read, { epoch: 0, epochs: 1, step: 0, steps: 1 })
}

const sources = ['s0', 's1', 'n1']
const operations = 'none, skip, relu_conv(1)'

describe('an edge that the topology selects and whose operation is none', () => {
  it.each([
    ['edge', 0, `one of { ${operations} }`],
    ['subset', 0.1, `one of { ${operations} }`],
    // Partial channels beside a distribution over sets, in the place of edge normalisation.
    ['edge', 0, `partial(one of { ${operations} }, parts: 2)`],
  ])(
    'counts by its lead over the best operation, times its marginal: per %s, margin %s, %s',
    (per, margin, through) => {
      const random = numbersFrom(5)
      const term = termOf(space(operations, through), per, 'none_wins', margin)
      for (let round = 0; round < 4; round++) {
        const store = storeOf(term, () => 3 * random() - 1.5)
        const { weights } = evidenceOf(term, store)
        const expected = ['n1', 'n2'].flatMap((node) =>
          sources.flatMap((source, i) => {
            const [none, ...others] = weights[`only.${node}.through[${source}]`] ?? []
            if (none === undefined) return []
            // The first node reads both of its inputs, whatever is learned.
            const edge = node === 'n1' ? 1 : (weights[`only.${node}.from`]?.[i] ?? NaN)
            return [edge * Math.max(0, none - Math.max(...others) + margin)]
          }),
        )
        expect(expected).toHaveLength(5)
        const found = term.read(store)
        expect(found['term']?.[0]).toBeCloseTo(
          expected.reduce((sum, each) => sum + each, 0),
          5,
        )
        for (const { name } of term.variables) {
          const values = store.get(name) ?? new Float64Array()
          values.forEach((value, i) => {
            const at = (moved: number): number => {
              values[i] = moved
              return term.read(store)['term']?.[0] ?? NaN
            }
            const slope = (at(value + 1e-5) - at(value - 1e-5)) / 2e-5
            values[i] = value
            expect(found[name]?.[i] ?? 0, name).toBeCloseTo(slope, 5)
          })
        }
      }
    },
  )

  it('is left in peace where none does not lead, and pushed where it does', () => {
    const term = termOf(space(operations), 'edge', 'none_wins', 0)
    const peace = term.read(storeOf(term, (name, i) => (name.includes('through') && i === 1 ? 1 : 0)))
    expect(peace['term']?.[0]).toBe(0)
    for (const { name } of term.variables) expect([...(peace[name] ?? [])].every((slope) => slope === 0)).toBe(true)
    const edge = 'choices/only.n2.through[s1]'
    const found = term.read(storeOf(term, (name, i) => (name === edge && i === 0 ? 1 : 0)))
    expect(found['term']?.[0]).toBeGreaterThan(0)
    // To descend lowers none, and the weight of that edge.
    expect(found[edge]?.[0]).toBeGreaterThan(0)
    expect(found['choices/only.n2.from']?.[1]).toBeGreaterThan(0)
    expect(found['choices/only.n2.from']?.[0]).toBeLessThan(0)
  })
})

describe('sets that a node may not take', () => {
  const store = (term: Term) => storeOf(term, (name, i) => (name.endsWith('.from') ? ([0.5, -1, 0.2][i] ?? 0) : 0))
  const gates = [0.5, -1, 0.2].map((logit) => 1 / (1 + Math.exp(-logit)))
  const [a = 0, b = 0, c = 0] = gates

  it('count by their chance where edges are there or not by themselves', () => {
    // The first node takes both of its inputs, the second one two of three.
    const outside = [1 - a * b - 0.1, 1 - (a * b * (1 - c) + a * (1 - b) * c + (1 - a) * b * c) - 0.1]
    const term = termOf(space(operations), 'gate', 'outside', 0.1)
    expect(term.read(store(term))['term']?.[0]).toBeCloseTo((outside[0] ?? NaN) + (outside[1] ?? NaN), 10)
    const empty = termOf(space(operations), 'gate', 'no_input', 0)
    expect(empty.read(store(empty))['term']?.[0]).toBeCloseTo((1 - a) * (1 - b) * (1 + (1 - c)), 10)
  })

  it.each([
    ['edge', 'outside', operations],
    ['subset', 'no_input', operations],
    ['edge', 'none_wins', 'skip, relu_conv(1)'],
  ])('are nothing where there are none: per %s, %s, { %s }', (per, invalid, candidates) => {
    const term = termOf(space(candidates), per, invalid, 0)
    expect(term.read(store(term))['term']?.[0]).toBe(0)
  })
})

describe('a search over topologies that none makes cheap', () => {
  /** Shares of edges that were derived although none is their strongest operation, after a descent. */
  function invalidShare(factor: number): number {
    const random = numbersFrom(23)
    // What an edge loses with each operation: least with none, on every second edge.
    const price = Array.from({ length: 5 }, (_, edge) => [edge % 2 === 0 ? -2 : 1, random(), random()])
    const names = ['n1 s0', 'n1 s1', 'n2 s0', 'n2 s1', 'n2 n1'].map((name) => name.split(' '))
    const term = termOf(space(operations), 'edge', 'none_wins', 0, (builder, mixture, value) => {
      const parts = names.map(([node = '', source = ''], edge) => {
        const slice = (decision: string, at: number, count: number): ValueId => {
          const from = mixture.offsetOf(decision) + at
          return builder.one('slice_channels', [mixture.weights], { from, to: from + count })
        }
        const through = slice(`only.${node}.through[${source}]`, 0, 3)
        const values = builder.one('constant', [], { shape: [3], values: price[edge] ?? [] })
        const loss = builder.one('dot', [through, values])
        if (node === 'n1') return loss
        const weight = builder.one('reshape', [slice(`only.${node}.from`, sources.indexOf(source), 1)], { shape: [] })
        return builder.one('multiply', [weight, loss])
      })
      const scaled = builder.one('scale', [value, builder.one('fill', [], { shape: [], value: factor })])
      return builder.one('add', [...parts, scaled])
    })
    const store = storeOf(term, () => 0.01 * (random() - 0.5))
    for (let step = 0; step < 300; step++) {
      const slopes = term.read(store)
      for (const [name, values] of store)
        values.forEach((value, i) => (values[i] = value - 0.2 * (slopes[name]?.[i] ?? 0)))
    }
    const evidence = evidenceOf(term, store)
    const rules = ['from', 'through'].map((target) => ({ by: use('argmax'), target }))
    const selected = derive({ rules, except: ['none'] }, term.decisions, evidence)
    const taken = Object.keys(selected).filter((path) => path.includes('through'))
    const invalid = taken.filter((path) => {
      const [none = 0, ...others] = evidence.weights[path] ?? []
      return none > Math.max(...others)
    })
    expect(taken).toHaveLength(4)
    return invalid.length / taken.length
  }

  it('selects edges of none without the term, and no such edge with it', () => {
    expect(invalidShare(0)).toBeGreaterThanOrEqual(0.5)
    expect(invalidShare(8)).toBe(0)
  })
})
