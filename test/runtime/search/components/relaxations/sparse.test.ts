import { describe, expect, it } from 'vitest'
import type { Decision } from '../../../../../src/space/decisions/decision.js'
import { emitGroup, logitsName } from '../../../../../src/runtime/plan/mixture.js'
import { inputsOf } from '../../../../../src/runtime/plan/planned-step.js'
import { StepVariables } from '../../../../../src/runtime/plan/variables.js'
import { ProgramBuilder } from '../../../../../src/runtime/program/builder.js'
import { gradients } from '../../../../../src/runtime/program/differentiate.js'
import { interpret } from '../../../../../src/runtime/program/interpret.js'
import { createRandom } from '../../../../../src/runtime/random/random.js'
import { openObjective } from '../../../../../src/runtime/search/components/objectives/index.js'
import { openRelaxation } from '../../../../../src/runtime/search/components/relaxations/index.js'
import { thresholdVariable } from '../../../../../src/runtime/search/components/relaxations/sparse.js'
import { bindFeeds } from '../../../../../src/runtime/training/feeds/feed.js'
import { failureOf } from '../../../../support/failures.js'
import { numbersFrom } from '../../../../support/numbers.js'

const use = (component: string, supplied = {}) => ({ component, arguments: supplied })

/** A node that takes any of so many operations on so many sources. */
function node(sources: number, operations: number, path = 'normal.n1.from'): Decision {
  const options = Array.from({ length: sources * operations }, (_, i) => {
    return `o${String(i % operations)} of s${String(Math.floor(i / operations))}`
  })
  return { path, kind: 'from', options, arity: { least: 1, most: options.length } }
}

interface Node {
  readonly decision: Decision
  readonly logits: readonly number[]
  readonly beta: number
}

/** Weights of nodes that are emitted together, and of `sum(factors * weights)` the gradients by logits and betas. */
function emitted(nodes: readonly Node[], factors: readonly number[] = [], temperature: unknown = 1) {
  const relaxation = openRelaxation(use('sparse', { temperature }), 'relax from')
  const builder = new ProgramBuilder()
  const variables = new StepVariables()
  const group = nodes.map(({ decision }) => {
    const emission = relaxation.emission?.(decision)
    if (emission === undefined) throw new Error('no weights')
    return { path: decision.path, options: decision.options.length, emission }
  })
  const { weights, figures } = emitGroup(builder, variables, group)
  const all = variables.all.map(({ name, shape }) => builder.variable(name, shape))
  const values = Array.from({ length: builder.shape(weights)[0] ?? 0 }, (_, i) => factors[i] ?? 0)
  const total = builder.one('dot', [weights, builder.one('constant', [], { shape: [values.length], values })])
  const found = gradients(builder, total, all)
  const outputs = variables.all.flatMap(({ name }, i) => {
    const gradient = found[i]
    return gradient === undefined ? [] : [[`gradient/${name}`, gradient] as const]
  })
  const threshold = figures.get('threshold')
  if (threshold === undefined) throw new Error('no threshold is recorded')
  const program = builder.build({ weights, total, threshold, ...Object.fromEntries(outputs) })
  const feeds = bindFeeds(inputsOf(program), [relaxation.feeds?.(createRandom(0)) ?? (() => undefined)])
  return interpret(program, {
    inputs: feeds.still({ epoch: 0, epochs: 2, step: 0, steps: 1 }),
    variables: new Map(
      nodes.flatMap(({ decision: { path }, logits, beta }) => [
        [logitsName(path), Float64Array.from(logits)] as const,
        [thresholdVariable(path), Float64Array.of(beta)] as const,
      ]),
    ),
    precision: 'double',
  })
}

const weightsOf = (...given: Parameters<typeof emitted>) => [...(emitted(...given)['weights'] ?? [])]
const kept = (weights: readonly number[]): number => weights.filter((weight) => weight > 0).length

/** Two inputs, three operations (section 2.5 of the design's notes on EnTranNAS). */
const example = (beta: number): Node => ({ decision: node(2, 3), logits: [0.5, 0.1, -0.2, 1, 0, -1], beta })

describe('sparse weights of connections', () => {
  it.each([
    [-2, 0.119203, [0.250746, 0.150928, 0.098326, 0.384424, 0.108535, 0.007041]],
    [0, 0.5, [0.279243, 0, 0, 0.720757, 0, 0]],
    [1, 0.731059, [0, 0, 0, 1, 0, 0]],
    [3, 0.952574, [0, 0, 0, 1, 0, 0]],
  ])('of the worked example, at beta %f', (beta, threshold, expected) => {
    const found = emitted([example(beta)])
    expect(found['threshold']?.[0]).toBeCloseTo(threshold, 6)
    const weights = [...(found['weights'] ?? [])]
    expected.forEach((weight, i) => {
      if (weight === 0) expect(weights[i]).toBe(0)
      else expect(weights[i]).toBeCloseTo(weight, 6)
    })
  })

  it('move with the threshold by what the example says, and not at all where one connection is left', () => {
    const slope = (beta: number, option: number): number => {
      const factors = Array.from({ length: 6 }, (_, i) => Number(i === option))
      return emitted([example(beta)], factors)[`gradient/${thresholdVariable('normal.n1.from')}`]?.[0] ?? NaN
    }
    expect(slope(0, 0)).toBeCloseTo(-0.159112, 6)
    expect(slope(0, 3)).toBeCloseTo(0.159112, 6)
    expect(Math.abs(slope(0, 1))).toBe(0)
    expect(Math.abs(slope(1, 3))).toBeLessThan(1e-15)
  })

  it.each(Array.from({ length: 12 }, (_, seed) => [seed]))(
    'come to 1 per node, and their gradients agree with central differences, draw %i',
    (seed) => {
      const random = numbersFrom(seed + 1)
      const draw = (sources: number, operations: number, path: string): Node => ({
        decision: node(sources, operations, path),
        logits: Array.from({ length: sources * operations }, () => 1.5 * random()),
        beta: 2 * random(),
      })
      // The second is not emitted together with the first where they have other numbers of operations.
      const nodes = [draw(2, 3 + (seed % 2), 'normal.n1.from'), draw(2, 3 + (seed % 2), 'reduction.n1.from')]
      const factors = Array.from({ length: 16 }, () => random())
      const found = emitted(nodes, factors)
      const weights = [...(found['weights'] ?? [])]
      const each = nodes[0]?.logits.length ?? 0
      for (const from of [0, each]) {
        const own = weights.slice(from, from + each)
        expect(own.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12)
        expect(kept(own)).toBeGreaterThan(0)
        expect(own.every((weight) => weight >= 0)).toBe(true)
      }
      nodes.forEach((moved, index) => {
        const total = (changed: Node): number =>
          emitted(
            nodes.map((other, i) => (i === index ? changed : other)),
            factors,
          )['total']?.[0] ?? NaN
        const difference = (by: (amount: number) => Node): number => (total(by(1e-6)) - total(by(-1e-6))) / 2e-6
        const { path } = moved.decision
        moved.logits.forEach((_, option) => {
          const slope = difference((amount) => ({
            ...moved,
            logits: moved.logits.map((logit, i) => (i === option ? logit + amount : logit)),
          }))
          expect(found[`gradient/${logitsName(path)}`]?.[option]).toBeCloseTo(slope, 6)
        })
        const slope = difference((amount) => ({ ...moved, beta: moved.beta + amount }))
        expect(found[`gradient/${thresholdVariable(path)}`]?.[0]).toBeCloseTo(slope, 6)
      })
    },
  )

  it('are of no more connections the higher the threshold, and of one however high it is', () => {
    const random = numbersFrom(5)
    for (let draw = 0; draw < 10; draw++) {
      const logits = Array.from({ length: 14 }, () => random())
      const counts = [-200, -4, -1, 0, 1, 2, 4, 8, 40, 800].map((beta) =>
        kept(weightsOf([{ decision: node(2, 7), logits, beta }])),
      )
      expect(counts).toEqual(counts.toSorted((a, b) => b - a))
      expect([counts[0], counts.at(-1)]).toEqual([14, 1])
    }
  })

  it('of equal logits are all alike, whatever the threshold', () => {
    const weights = weightsOf([{ decision: node(3, 4), logits: Array.from({ length: 12 }, () => 0.25), beta: 6 }])
    for (const weight of weights) expect(weight).toBeCloseTo(1 / 12, 12)
  })

  it('take a temperature from a schedule', () => {
    const cooled = weightsOf([example(0)], [], use('constant', { value: 0.5 }))
    const { logits, ...rest } = example(0)
    const doubled = weightsOf([{ ...rest, logits: logits.map((logit) => 2 * logit) }])
    cooled.forEach((weight, i) => {
      expect(weight).toBeCloseTo(doubled[i] ?? NaN, 12)
    })
  })

  it('are refused for a choice that is none of connections', async () => {
    const plain: Decision = { path: 'normal.n1.from', kind: 'from', options: ['s0', 's1'] }
    const failure = await failureOf(() =>
      openRelaxation(use('sparse', { temperature: 1 }), 'relax from').emission?.(plain),
    )
    expect(failure.code).toBe('NAS7592')
  })
})

describe('the pressure on thresholds', () => {
  it('is minus the sum of their logarithms, and its force on a threshold vanishes as that comes to 1', () => {
    const builder = new ProgramBuilder()
    const betas = builder.variable('betas', [3])
    const thresholds = builder.one('activation', [betas], { function: 'sigmoid' })
    const { emission } = openObjective(use('threshold_pressure'), 'minimise')
    const missing = (): never => {
      throw new Error('it reads thresholds alone')
    }
    const emit = (figure: (name: string) => number | undefined): number =>
      emission.emit({
        ...{ builder, variables: new StepVariables(), pass: 'all', logits: 0, labels: 0, batch: 1 },
        ...{ reads: missing, companions: [], features: missing, readsKey: missing },
        get network() {
          return missing()
        },
        get costed() {
          return missing()
        },
        mixture: { weights: 0, has: () => false, offsetOf: missing, optionsOf: missing, setsOf: missing, figure },
      }).value
    const value = emit((name) => (name === 'threshold' ? thresholds : undefined))
    const [gradient] = gradients(builder, value, [betas])
    if (gradient === undefined) throw new Error('no gradient')
    const nothing = emit(() => undefined)
    const found = interpret(builder.build({ value, gradient, nothing }), {
      inputs: {},
      variables: new Map([['betas', Float64Array.of(-2, 0, 3)]]),
      precision: 'double',
    })
    const t = [-2, 0, 3].map((beta) => 1 / (1 + Math.exp(-beta)))
    expect(found['value']?.[0]).toBeCloseTo(-t.reduce((sum, each) => sum + Math.log(each), 0), 12)
    t.forEach((each, i) => {
      expect(found['gradient']?.[i]).toBeCloseTo(each - 1, 12)
    })
    expect(found['nothing']?.[0]).toBe(0)
  })
})
