import { describe, expect, it } from 'vitest'
import type { WeightEmission } from '../../../../../src/runtime/plan/emission.js'
import { emitGroup } from '../../../../../src/runtime/plan/mixture.js'
import { StepVariables } from '../../../../../src/runtime/plan/variables.js'
import { ProgramBuilder } from '../../../../../src/runtime/program/builder.js'
import { gradients } from '../../../../../src/runtime/program/differentiate.js'
import { interpret } from '../../../../../src/runtime/program/interpret.js'
import { softmaxOf } from '../../../../../src/runtime/operations/softmax.js'
import { openRelaxation } from '../../../../../src/runtime/search/components/relaxations/index.js'
import type { Decision } from '../../../../../src/space/decisions/decision.js'
import { failureOf } from '../../../../support/failures.js'
import { numbersFrom } from '../../../../support/numbers.js'

const open = (per: string) =>
  openRelaxation(
    per === 'gate' ? { component: 'gates', arguments: {} } : { component: 'combinatorial', arguments: { per } },
    'relax from',
  )

function inputs(count: number, least: number, most: number): Decision {
  const options = Array.from({ length: count }, (_, i) => `s${String(i)}`)
  return { path: `n${String(count)}.from`, kind: 'from', options, arity: { least, most } }
}

/** The sets that a node may take, by bits: the smaller ones first, those of one size by their members. */
function subsets({ options, arity = { least: 1, most: 1 } }: Decision): readonly (readonly number[])[] {
  return Array.from({ length: 2 ** options.length }, (_, bits) =>
    options.flatMap((__, option) => ((bits >> option) % 2 === 1 ? [option] : [])),
  )
    .filter(({ length }) => length >= arity.least && length <= arity.most)
    .sort((a, b) => a.length - b.length || (String(a) < String(b) ? -1 : 1))
}

/** The chances of these sets, from the definitions. */
function chancesOf(per: string, logits: readonly number[], decision: Decision): readonly number[] {
  if (per === 'subset') return softmaxOf(logits)
  const gates = logits.map((logit) => 1 / (1 + Math.exp(-logit)))
  const products = subsets(decision).map((set) =>
    gates.reduce((product, gate, option) => product * (set.includes(option) ? gate : 1 - gate), 1),
  )
  const total = per === 'edge' ? products.reduce((sum, each) => sum + each, 0) : 1
  return products.map((product) => product / total)
}

/** Weights and chances of sets of an emission, with the gradient of the weights times a cotangent. */
function emitted(emission: WeightEmission, { path, options }: Decision, cotangent: readonly number[]) {
  const builder = new ProgramBuilder()
  const variables = new StepVariables()
  const { weights, sets } = emitGroup(builder, variables, [{ path, options: options.length, emission }])
  const chances = sets.get(path)?.chances()
  const along = builder.one('constant', [], { shape: [options.length], values: cotangent })
  const [spec] = variables.all
  if (spec === undefined || chances === undefined) throw new Error('a distribution has variables and chances')
  const [slope] = gradients(builder, builder.one('dot', [weights, along]), [builder.variable(spec.name, spec.shape)])
  const program = builder.build({ weights, chances, ...(slope !== undefined && { slope }) })
  const read = (logits: readonly number[]) => {
    const store = new Map([[spec.name, Float64Array.from(logits)]])
    const values = interpret(program, { inputs: {}, variables: store, precision: 'double' })
    return {
      weights: Array.from(values['weights'] ?? []),
      chances: Array.from(values['chances'] ?? []),
      slope: Array.from(values['slope'] ?? []),
    }
  }
  return { read, logits: spec.shape[0] ?? 0 }
}

const regimes = [2, 3, 4, 5].flatMap((count) => [
  inputs(count, 2, 2),
  inputs(count, 1, count),
  inputs(count, 1, 2),
  inputs(count, 0, count),
])

describe.each(['edge', 'subset', 'gate'])('a distribution over sets of inputs, with a logit per %s', (per) => {
  it('has the marginals and chances that enumeration gives, and the gradients of central differences', () => {
    const random = numbersFrom(17)
    for (const decision of regimes) {
      const sets = subsets(decision)
      const emission = open(per).emission?.(decision)
      if (sets.length === 1 && per !== 'gate') {
        expect(emission).toBe(undefined)
        continue
      }
      if (emission === undefined) throw new Error('there is a choice')
      expect(emission.sets?.of).toEqual(sets)
      const cotangent = decision.options.map(() => random() - 0.5)
      const { read, logits: count } = emitted(emission, decision, cotangent)
      expect(count).toBe(per === 'subset' ? sets.length : decision.options.length)
      const logits = Array.from({ length: count }, () => 4 * random() - 2)
      const { weights, chances, slope } = read(logits)
      const expected = chancesOf(per, logits, decision)
      chances.forEach((chance, i) => expect(chance).toBeCloseTo(expected[i] ?? NaN, 10))
      weights.forEach((weight, option) => {
        const gate = 1 / (1 + Math.exp(-(logits[option] ?? NaN)))
        const marginal = expected.reduce((sum, chance, i) => sum + (sets[i]?.includes(option) ? chance : 0), 0)
        expect(weight).toBeCloseTo(per === 'gate' ? gate : marginal, 10)
        expect(weight).toBeGreaterThanOrEqual(0)
        expect(weight).toBeLessThanOrEqual(1 + 1e-12)
      })
      if (per !== 'gate') {
        const size = sets.reduce((sum, { length }, i) => sum + length * (expected[i] ?? NaN), 0)
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(size, 10)
        if (decision.arity?.least === 2) expect(size).toBeCloseTo(2, 10)
      }
      const along = (at: readonly number[]): number =>
        read(at).weights.reduce((sum, weight, i) => sum + weight * (cotangent[i] ?? NaN), 0)
      logits.forEach((_, i) => {
        const moved = (by: number): readonly number[] => logits.map((logit, j) => (i === j ? logit + by : logit))
        expect(slope[i]).toBeCloseTo((along(moved(1e-4)) - along(moved(-1e-4))) / 2e-4, 6)
      })
    }
  })
})

describe('pairs of four inputs', () => {
  const decision = inputs(4, 2, 2)
  const of = (per: string) => {
    const emission = open(per).emission?.(decision)
    if (emission === undefined) throw new Error('there is a choice')
    return emitted(emission, decision, [0, 0, 0, 0])
  }

  it('are weighted as worked out by hand', () => {
    const { weights, chances } = of('subset').read([0.3, -0.1, 0, 0.2, 0.5, -0.4])
    const rounded = (values: readonly number[]) => values.map((value) => value.toFixed(6))
    expect(rounded(chances)).toEqual(['0.198651', '0.133159', '0.147164', '0.179747', '0.242632', '0.098647'])
    expect(rounded(weights)).toEqual(['0.478974', '0.621030', '0.411553', '0.488443'])
  })

  it('have the same chances under both parametrisations where the logits of sets are sums of those of edges', () => {
    const edges = [0.7, -1.2, 0.4, 0.1]
    const sums = subsets(decision).map((set) => set.reduce((sum, option) => sum + (edges[option] ?? NaN), 0))
    const [byEdge, bySet] = [of('edge').read(edges), of('subset').read(sums)]
    byEdge.chances.forEach((chance, i) => expect(chance).toBeCloseTo(bySet.chances[i] ?? NaN, 12))
    byEdge.weights.forEach((weight, i) => expect(weight).toBeCloseTo(bySet.weights[i] ?? NaN, 12))
  })
})

it('refuses choices of one option, of too many sets, and logits of nothing', async () => {
  const kernel: Decision = { path: 'stem.kernel', kind: 'kernel', options: ['3', '5'] }
  expect(await failureOf(() => open('edge').emission?.(kernel))).toMatchObject({ code: 'NAS7600' })
  const many = inputs(13, 1, 13)
  expect((await failureOf(() => open('edge').emission?.(many))).message).toBe(
    '`relax from` writes out every set that `n13.from` may take of its 13 options: more than 4096.',
  )
  expect((await failureOf(() => open('node'))).message).toBe(
    '`per` of `combinatorial` in `relax from` is node; it must be "edge" or "subset".',
  )
})
