import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../../../src/runtime/random/random.js'
import { openRelaxation } from '../../../../../src/runtime/search/components/relaxations/index.js'
import type { Decision } from '../../../../../src/space/decisions/decision.js'
import type { FeedSource } from '../../../../../src/runtime/training/feeds/feed.js'
import type { InputSpec } from '../../../../../src/runtime/plan/step.js'
import { ProgramBuilder } from '../../../../../src/runtime/program/builder.js'
import { StepVariables } from '../../../../../src/runtime/plan/variables.js'
import { inputsOf } from '../../../../../src/runtime/plan/planned-step.js'
import { definite } from '../../../../support/numbers.js'

const annealed = { component: 'exponential', arguments: { from: 5, rate: 0.956, per: 'epoch' } }
const names = ['gumbel', 'mask', 'subsample'] as const

function open(component: string) {
  return openRelaxation({ component, arguments: { temperature: annealed } }, 'relax all')
}

/** Inputs of the emission for one decision, and their feeds. */
function inputsFor(
  component: string,
  options: number,
): { inputs: readonly InputSpec[]; feeds: FeedSource; key: string } {
  const relaxation = open(component)
  const numbers: Decision = {
    path: 'w',
    kind: 'width',
    options: Array.from({ length: options }, String),
    values: Array.from({ length: options }, (_, i) => i + 1),
  }
  const emission = definite(relaxation.emission?.(numbers))
  const builder = new ProgramBuilder()
  const logits = builder.variable('logits', [1, options])
  const context = { builder, variables: new StepVariables(), decisions: ['w'], options, recordFigure: () => undefined }
  const program = builder.build({ weights: emission.emit(logits, context) })
  return { inputs: inputsOf(program), feeds: definite(relaxation.feeds?.(createRandom(7))), key: emission.key }
}

describe('Gumbel weights', () => {
  it.each(names)('%s: temperature and noise are inputs, so that annealing plans nothing anew', (name) => {
    const { inputs, feeds, key } = inputsFor(name, 4)
    expect(inputs.map(({ shape }) => shape).sort()).toEqual([[], [4]])
    const at = (epoch: number) => ({ epoch, epochs: 90, step: 3, steps: 10 })
    const [temperature] = inputs.filter(({ shape }) => shape.length === 0)
    const feed = definite(feeds(definite(temperature), inputs))
    for (const epoch of [0, 30, 89]) expect(feed.draw(at(epoch))).toBeCloseTo(1 / (5 * 0.956 ** epoch), 12)
    expect(inputsFor(name, 4).key).toBe(key)
    const noise = definite(feeds(definite(inputs.find(({ shape }) => shape.length === 1)), inputs))
    expect(noise.draw(at(3))).toEqual(noise.draw(at(3)))
    expect(noise.draw(at(3))).not.toEqual(noise.draw(at(4)))
    expect(noise.still?.(at(3))).toEqual(new Float32Array(4))
  })

  // Computed by another program from 20,000 samples: the mean of the largest weight, and the entropy over log N.
  it.each([
    [0, 4, 0.325, 0.981],
    [0, 8, 0.187, 0.984],
    [0, 14, 0.12, 0.986],
    [30, 4, 0.534, 0.789],
    [30, 8, 0.417, 0.784],
    [60, 8, 0.797, 0.265],
    [60, 14, 0.783, 0.233],
    [89, 4, 0.952, 0.083],
    [89, 14, 0.941, 0.056],
  ])('at epoch %i of 90 and %i options: largest weight %f, entropy %f', (epoch, options, largest, entropy) => {
    const { inputs, feeds } = inputsFor('mask', options)
    const feedOf = (rank: number) =>
      definite(feeds(definite(inputs.find(({ shape }) => shape.length === rank)), inputs))
    const [temperature, noise] = [feedOf(0), feedOf(1)]
    const samples = 6000
    let [sum, entropies] = [0, 0]
    for (let step = 0; step < samples; step++) {
      const at = { epoch, epochs: 90, step, steps: samples }
      const inverse = Number(temperature.draw(at))
      const scores = Array.from(noise.draw(at) as Float32Array, (each) => Math.exp(each * inverse))
      const total = scores.reduce((all, each) => all + each, 0)
      const weights = scores.map((each) => each / total)
      sum += Math.max(...weights)
      entropies -= weights.reduce((all, p) => all + (p > 0 ? p * Math.log(p) : 0), 0) / Math.log(options)
    }
    expect(Math.abs(sum / samples - largest)).toBeLessThan(0.01)
    expect(Math.abs(entropies / samples - entropy)).toBeLessThan(0.01)
  })

  it.each(['mask', 'subsample'])('%s: binds numbers, and mixes what has no order', (name) => {
    const relaxation = open(name)
    expect(relaxation.bound({ path: 'w', kind: 'width', options: ['1', '2'], values: [1, 2] })).toEqual({ kind: name })
    expect(relaxation.bound({ path: 'b', kind: 'block', options: ['conv', 'identity'] })).toEqual({ kind: 'mix' })
  })
})
