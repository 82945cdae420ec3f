import { describe, expect, it } from 'vitest'
import { decisionsOf } from '../../../../src/analysis/index.js'
import { softmaxOf } from '../../../../src/runtime/operations/softmax.js'
import { logitsName } from '../../../../src/runtime/plan/mixture.js'
import { buildStep } from '../../../../src/runtime/plan/step.js'
import { createRandom } from '../../../../src/runtime/random/random.js'
import { openEvidence } from '../../../../src/runtime/search/step/evidence.js'
import { relaxSpace } from '../../../../src/runtime/search/step/relax-space.js'
import { bindFeeds } from '../../../../src/runtime/training/feeds/feed.js'
import { lastPosition } from '../../../../src/runtime/training/training-position.js'
import { buildNetwork } from '../../../../src/space/index.js'
import { failureOf } from '../../../support/failures.js'
import { numbersFrom } from '../../../support/numbers.js'
import { compiledText } from '../../../support/programs.js'
import { batchOf, openVariables, runStep } from '../../../support/step-runner.js'

const ir = compiledText(`import { conv, global_pool, identity, linear, relu } from std:nn
cell small(s0, s1) {
  prepare s0, s1 { conv(channels) }
  node n[1..2] { from any 2 of earlier; through one of { identity, relu -> conv(channels) }; merge sum }
  output concat(n[1], n[2])
}
space tiny {
  input image(4, 3)
  classes 3
  cell only = small
  network { stem conv(4, 3); stack 2 of only, channels 4; head global_pool -> linear(classes) }
}`)
const decisions = decisionsOf(ir, 'tiny', { params: {} })
const use = (component: string, supplied = {}) => ({ component, arguments: supplied })
const softmax = { target: 'through', by: use('softmax', { temperature: 2 }) }
const edges = { target: 'from', by: use('edge_normalisation') }
const at = lastPosition(4)

const network = (relaxed: ReturnType<typeof relaxSpace>) =>
  buildNetwork(ir, 'tiny', { params: {}, binding: relaxed.binding, mode: 'shared' })

describe('a relaxed space', () => {
  it('weights the edges of a node by one softmax over them, and the options of every decision by its own', () => {
    const relaxed = relaxSpace([softmax, edges], decisions)
    const random = numbersFrom(3)
    const values = new Map(
      decisions.map(({ path, options }) => [logitsName(path), Float32Array.from(options, () => random())]),
    )
    const weights = openEvidence(relaxed).read((name) => values.get(name) ?? new Float32Array(), at).weights
    expect(Object.keys(weights).sort()).toEqual(decisions.map(({ path }) => path).sort())
    for (const { path, kind } of decisions) {
      expect(weights[path]).toEqual(softmaxOf(values.get(logitsName(path)) ?? [], kind === 'from' ? 1 : 2))
    }
  })

  it('trains the logits of edges: their gradients agree with central differences', () => {
    const relaxed = relaxSpace([softmax, edges], decisions)
    const step = buildStep(network(relaxed), {
      batch: 3,
      mode: 'train',
      gradients: 'choices',
      weights: relaxed.weights,
      passes: [],
    })
    const store = openVariables(step, new Map(), numbersFrom(7))
    const inputs = batchOf(step, numbersFrom(8))
    const exact = runStep(step, store, inputs)
    for (const { path, options } of decisions) {
      const logits = store.get(logitsName(path)) ?? new Float64Array()
      options.forEach((_, option) => {
        const value = logits[option] ?? 0
        const loss = (moved: number): number => {
          logits[option] = moved
          return runStep(step, store, inputs)['loss']?.[0] ?? NaN
        }
        const difference = (loss(value + 1e-5) - loss(value - 1e-5)) / 2e-5
        logits[option] = value
        expect(exact[`gradient/${logitsName(path)}`]?.[option]).toBeCloseTo(difference, 6)
      })
    }
  })

  it('sums edges without weights where their relaxation has none', () => {
    const plain = buildStep(network(relaxSpace([softmax, { target: 'from', by: use('strength') }], decisions)), {
      batch: 3,
      mode: 'evaluate',
    })
    expect(plain.variables.filter(({ name }) => name.endsWith('.from'))).toEqual([])
  })

  it('anneals through inputs: every temperature and every noise runs the same program', () => {
    const cooling = { component: 'exponential', arguments: { from: 5, rate: 0.5, per: 'epoch' } }
    const relaxed = relaxSpace([{ target: 'all', by: use('gumbel', { temperature: cooling }) }], decisions)
    const step = buildStep(network(relaxed), {
      batch: 3,
      mode: 'train',
      gradients: 'choices',
      weights: relaxed.weights,
    })
    const noisy = step.inputs.filter(({ name }) => name !== 'images' && name !== 'labels')
    const feeds = bindFeeds(noisy, relaxed.feeds(createRandom(2)))
    const [first, second] = [0, 1].map((epoch) => feeds.draw({ epoch, epochs: 4, step: 0, steps: 2 }))
    expect(first).not.toEqual(second)
    const temperatures = [first, second].map((each) =>
      Object.entries(each ?? {}).find(([name]) => /^inverse/u.test(name)),
    )
    expect(temperatures.map((each) => each?.[1])).toEqual([0.2, 0.4])
    const logits = Float32Array.of(0.5, -0.25)
    const threes = Float32Array.of(0.5, -0.25, 0.125)
    const { weights } = openEvidence(relaxed).read(
      (name) => (decisions.find(({ path }) => logitsName(path) === name)?.options.length === 3 ? threes : logits),
      { epoch: 1, epochs: 4, step: 0, steps: 2 },
    )
    const through = decisions.find(({ kind }) => kind === 'through')?.path ?? ''
    expect(weights[through]?.[0]).toBeCloseTo(softmaxOf(logits, 2.5)[0] ?? NaN, 12)
  })

  it('refuses a relaxation without logits where alternatives are mixed', async () => {
    const failure = await failureOf(() => relaxSpace([edges, { target: 'through', by: use('strength') }], decisions))
    expect(failure).toMatchObject({ code: 'NAS7503', message: expect.stringContaining('`strength`') as string })
  })
})
