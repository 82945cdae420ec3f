import { describe, expect, it } from 'vitest'
import { buildStep, figureName } from '../../../../../src/runtime/plan/step.js'
import { logitsName } from '../../../../../src/runtime/plan/mixture.js'
import { createRandom } from '../../../../../src/runtime/random/random.js'
import { layoutOf } from '../../../../../src/runtime/search/components/encoding/choice-space.js'
import type { Formula } from '../../../../../src/runtime/search/components/formula.js'
import { openMinimised } from '../../../../../src/runtime/search/components/objectives/minimised.js'
import { resolveSearch } from '../../../../../src/runtime/search/run/resolve-search.js'
import { derive } from '../../../../../src/runtime/search/step/derive.js'
import { openEvidence } from '../../../../../src/runtime/search/step/evidence.js'
import { costOf } from '../../../../../src/space/cost/index.js'
import { bindingOf, buildNetwork } from '../../../../../src/space/index.js'
import { numbersFrom } from '../../../../support/numbers.js'
import { failureOf } from '../../../../support/failures.js'
import { compiledText } from '../../../../support/programs.js'
import { batchOf, openVariables, runStep, type Store } from '../../../../support/step-runner.js'
import { cellProgram, latencySearch } from '../../../../support/synthetic-latency.js'

const ir = compiledText(cellProgram(latencySearch('latency.csv', 'sampled(latency)')))
const search = resolveSearch(ir, {})
const { params, relaxed, plan, decisions } = search
const network = buildNetwork(ir, plan.space, { params, binding: relaxed.binding, mode: 'shared' })
const layout = layoutOf(search.choices())
const samples = 6

const sampled = (cost: Formula, estimator: string): Formula => ({
  component: 'sampled',
  arguments: { cost, samples, estimator },
})

/** A step that minimises a formula alone, with gradients by the logits. */
function stepOf(formula: Formula) {
  const minimised = openMinimised(formula, 'minimise', {
    space: search.choices,
    ...(plan.predictor && { predictor: plan.predictor }),
  })
  const step = buildStep(network, {
    ...{ batch: 2, mode: 'train', gradients: 'choices', weights: relaxed.weights },
    objective: minimised.emission,
  })
  const store = openVariables(step, new Map(), numbersFrom(3))
  for (const name of ['mean', 'deviation']) store.get(`predictor/latency/${name}`)?.fill(2)
  // A fit begins with zeros here.
  const fitted = numbersFrom(6)
  for (const [name, values] of store) {
    if (/^predictor\/latency\/(?:trend|layer\d+\/kernel)$/u.test(name))
      values.forEach((_, at) => (values[at] = fitted()))
  }
  const inputs = batchOf(step, numbersFrom(4))
  const evidence = openEvidence(relaxed)
  const draw = (seed: number, done: number, logits: Store = store): ReadonlyMap<string, Float32Array> => {
    const [effect] = minimised.effects({
      random: createRandom(seed),
      evidence: (read, at) => evidence.read((name) => read(name) ?? new Float32Array(6), at),
      derive: (found) => derive(plan.derive, decisions, found),
    })
    const at = { epoch: 0, epochs: 1, step: done, steps: 100 }
    return effect?.before(at, (name) => Float32Array.from(logits.get(name) ?? [])) ?? new Map()
  }
  return { step, store, draw, run: () => runStep(step, store, inputs) }
}

const latency: Formula = { cost: 'latency' }
const macs: Formula = { cost: 'macs' }
const logits = decisions.filter(({ kind }) => kind === 'through').map(({ path }) => logitsName(path))

function valueOf(outputs: Readonly<Record<string, ArrayLike<number>>>): number {
  return outputs['loss']?.[0] ?? NaN
}

describe('the mean cost of architectures that are drawn', () => {
  it.each([
    ['latency, expected', sampled(latency, 'expected')],
    ['the variant of the predictor', { cost: 'latency', variant: 'expected' } satisfies Formula],
    ['multiply-accumulates, expected', sampled({ operator: '/', left: macs, right: 1000 }, 'expected')],
    [
      'a ratio, expected',
      sampled({ operator: '/', left: latency, right: { cost: 'latency', variant: 'reference' } }, 'expected'),
    ],
  ])('has the gradient of central differences: %s', (_, formula) => {
    const { store, run } = stepOf(formula)
    const outputs = run()
    let largest = 0
    for (const name of logits.slice(0, 6)) {
      const values = store.get(name) ?? new Float64Array()
      values.forEach((before, option) => {
        const at = (shift: number): number => {
          values[option] = before + shift
          return valueOf(run())
        }
        const slope = (at(1e-5) - at(-1e-5)) / 2e-5
        values[option] = before
        const found = outputs[`gradient/${name}`]?.[option] ?? NaN
        largest = Math.max(largest, Math.abs(found))
        expect(found).toBeCloseTo(slope, 5)
      })
    }
    expect(largest).toBeGreaterThan(1e-4)
  })

  it('of multiply-accumulates is that of the networks that were drawn, to the last digit', () => {
    const { store, draw, run } = stepOf(sampled(macs, 'straight_through'))
    for (const [name, values] of draw(5, 3)) store.set(name, Float64Array.from(values))
    const taken = store.get('draws/sampled/taken') ?? new Float64Array()
    const costs = Array.from({ length: samples }, (_, sample) => {
      const row = taken.subarray(sample * layout.size, (sample + 1) * layout.size)
      const selected = decisions.flatMap((decision) => {
        const options = decision.options.flatMap((__, option) =>
          row[layout.offsetOf(decision.path) + option] === 1 ? [option] : [],
        )
        return options.length === 0 ? [] : [[decision.path, options] as const]
      })
      const binding = bindingOf({ space: plan.space, decisions: Object.fromEntries(selected) })
      return costOf(buildNetwork(ir, plan.space, { params, binding, mode: 'shared' })).macs
    })
    const mean = costs.reduce((sum, cost) => sum + cost, 0) / samples
    expect(new Set(costs).size).toBeGreaterThan(1)
    expect(valueOf(run())).toBeCloseTo(mean, 3)
  })

  it('takes two inputs of every node and never what is excluded, as the search derives', () => {
    const { draw } = stepOf(sampled(latency, 'straight_through'))
    const taken = draw(1, 0).get('draws/sampled/taken') ?? new Float32Array()
    for (const decision of decisions) {
      const offset = layout.offsetOf(decision.path)
      for (let sample = 0; sample < samples; sample++) {
        const row = taken.subarray(
          sample * layout.size + offset,
          sample * layout.size + offset + decision.options.length,
        )
        const count = row.reduce((sum, each) => sum + each, 0)
        if (decision.kind === 'from') expect(count).toBe(2)
        else {
          expect(count).toBeLessThanOrEqual(1)
          expect(row[decision.options.indexOf('none')]).toBe(0)
        }
      }
    }
  })

  it('draws by (seed, stream, step) and the logits alone', () => {
    const { draw, store } = stepOf(sampled(latency, 'straight_through'))
    expect(draw(1, 7)).toEqual(draw(1, 7))
    expect(draw(1, 8)).not.toEqual(draw(1, 7))
    expect(draw(2, 7)).not.toEqual(draw(1, 7))
    const other = new Map(
      [...store].map(([name, values]) => [
        name,
        logits.includes(name) ? values.map((_, i) => (i === 1 ? 9 : 0)) : values,
      ]),
    )
    const [skips, option] = [draw(1, 7, other).get('draws/sampled/taken') ?? [], 1]
    const first = layout.offsetOf('normal.n1.through[s0]')
    expect(skips[first + option]).toBe(1)
  })

  it('falls where the logit of what is cheaper rises: straight through the draw', () => {
    const { store, draw, run } = stepOf(sampled(macs, 'straight_through'))
    for (const name of logits) store.get(name)?.fill(0)
    // Over many draws: the gradient of the mean points from skips to the widest convolution.
    const sums = new Map<string, number>()
    for (let done = 0; done < 12; done++) {
      for (const [name, values] of draw(3, done)) store.set(name, Float64Array.from(values))
      const outputs = run()
      for (const name of logits) {
        const options = decisions.find(({ path }) => logitsName(path) === name)?.options ?? []
        options.forEach((option, index) => {
          const slope = outputs[`gradient/${name}`]?.[index] ?? NaN
          sums.set(option, (sums.get(option) ?? 0) + slope)
        })
      }
    }
    expect(sums.get('sep_conv(5)')).toBeGreaterThan(0)
    expect(sums.get('skip')).toBeLessThan(0)
    // What is never derived neither gains nor loses.
    expect(sums.get('none')).toBeCloseTo(0, 6)
  })

  it('tells each of its costs as a figure', () => {
    const formula: Formula = {
      operator: '+',
      left: { component: 'cross_entropy', arguments: { smoothing: 0 } },
      right: sampled(latency, 'expected'),
    }
    const { step, run } = stepOf(formula)
    expect(step.figures).toEqual(['cross_entropy', 'sampled', 'sampled.latency'])
    const outputs = run()
    expect(outputs[figureName('sampled')]?.[0]).toBeCloseTo(outputs[figureName('sampled.latency')]?.[0] ?? NaN, 9)
  })

  it('refuses words that it does not know', async () => {
    expect(await failureOf(() => openMinimised(sampled(latency, 'reinforce'), 'minimise', {}))).toMatchObject({
      code: 'NAS7502',
      message: expect.stringContaining('"straight_through" or "expected"') as string,
    })
  })
})
