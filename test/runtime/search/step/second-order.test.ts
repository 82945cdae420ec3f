import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decisionsOf } from '../../../../src/analysis/index.js'
import { openCpuEngine } from '../../../../src/runtime/backend/cpu/engine.js'
import type { Engine } from '../../../../src/runtime/backend/engine/engine.js'
import type { BatchSource } from '../../../../src/runtime/data/batches.js'
import { logitsName } from '../../../../src/runtime/plan/mixture.js'
import type { StepSpec } from '../../../../src/runtime/plan/step.js'
import { createRandom } from '../../../../src/runtime/random/random.js'
import { relaxSpace } from '../../../../src/runtime/search/step/relax-space.js'
import { secondOrderStep } from '../../../../src/runtime/search/step/second-order.js'
import type { UpdateContext } from '../../../../src/runtime/search/step/update.js'
import { batchFeeds } from '../../../../src/runtime/training/feeds/batch-feeds.js'
import { bindFeeds, namedFeed } from '../../../../src/runtime/training/feeds/feed.js'
import { openSteps, runStep, type StepCache } from '../../../../src/runtime/training/steps.js'
import { buildNetwork } from '../../../../src/space/index.js'
import { compiledText } from '../../../support/programs.js'
import { numbersFrom, randomArray } from '../../../support/numbers.js'
import { sgdEmission } from '../../../../src/runtime/search/components/optimisers/sgd.js'

const ir = compiledText(`import { conv, global_pool, linear, swish } from std:nn
space tiny {
  input image(3, 2)
  classes 3
  network { stem conv(4, 3) -> swish; stage s { width 4; depth 2; layer one of { conv(channels), conv(channels, 3) -> swish } }; head global_pool -> linear(classes) }
}`)
const decisions = decisionsOf(ir, 'tiny', { params: {} })
const relaxed = relaxSpace([{ target: 'all', by: { component: 'softmax', arguments: { temperature: 1 } } }], decisions)
const network = buildNetwork(ir, 'tiny', { params: {}, binding: relaxed.binding, mode: 'shared' })
const at = { epoch: 0, epochs: 1, step: 0, steps: 1 }
const rate = 0.5
const update = { variables: 'choices', optimiser: sgdEmission({ momentum: 0, decay: 0, nesterov: false }) } as const
const spec: StepSpec = { batch: 4, mode: 'train', weights: relaxed.weights }
const pass = { name: 'all', key: 'all', binding: relaxed.binding, trains: true }

function batchesOf(seed: number): BatchSource {
  const images = Float32Array.from(randomArray([4, 3, 3, 2], numbersFrom(seed)), (value) => 2 * value)
  return { steps: 1, batch: () => ({ images, labels: Int32Array.of(0, 1, 2, 1), count: 4 }) }
}
const [training, held] = [batchesOf(1), batchesOf(2)]

let engine: Engine
let steps: StepCache
beforeAll(async () => {
  engine = await openCpuEngine()
  steps = openSteps(engine, { random: createRandom(4), deviation: 0.5 })
})
afterAll(() => {
  steps.dispose()
  engine.dispose()
})

const prepare = (batches: BatchSource, gradients?: StepSpec['gradients']) => {
  const step = steps.prepare('all', () => network, { ...spec, ...(gradients !== undefined && { gradients }) })
  return { step, feeds: bindFeeds(step.inputs, [batchFeeds(batches)]) }
}
const read = (name: string): Float32Array => engine.variables.read(name)

/** The loss on held-out images at the weights after one plain step on training images. */
function lossAhead(weights: ReadonlyMap<string, Float32Array>): number {
  const train = prepare(training, 'weights')
  runStep(train.step, train.feeds.draw(at))
  for (const [name, value] of weights) {
    const gradient = train.step.executable.read(`gradient/${name}`)
    engine.variables.write(
      name,
      value.map((each, i) => each - rate * (gradient[i] ?? 0)),
    )
  }
  const validation = prepare(held)
  runStep(validation.step, validation.feeds.draw(at))
  for (const [name, value] of weights) engine.variables.write(name, value)
  return validation.step.executable.read('loss')[0] ?? NaN
}

describe('a second-order step of the choices', () => {
  it('follows the derivative of the loss after one step of the weights, and leaves the weights as they were', () => {
    const { step } = prepare(training, 'weights')
    const names = Object.keys(step.program.outputs).filter((name) => name.startsWith('gradient/'))
    const weights = new Map(names.map((name) => [name.slice('gradient/'.length), read(name.slice('gradient/'.length))]))
    const logits = new Map(decisions.map(({ path }) => [logitsName(path), read(logitsName(path))]))

    const differences = [...logits].flatMap(([name, value]) =>
      [...value].map((_, i) => {
        const loss = [1, -1].map((sign) => {
          engine.variables.write(
            name,
            value.map((each, j) => each + (i === j ? sign * 0.02 : 0)),
          )
          return lossAhead(weights)
        })
        engine.variables.write(name, value)
        return ((loss[0] ?? NaN) - (loss[1] ?? NaN)) / 0.04
      }),
    )
    const first = prepare(held, 'choices')
    runStep(first.step, first.feeds.draw(at))
    const firstOrder = [...logits.keys()].flatMap((name) => [...first.step.executable.read(`gradient/${name}`)])

    const context = {
      ...{
        session: { engine },
        supernet: { steps },
        what: 'train choices',
        spec,
        update,
        images: 4,
        logits: new Map(),
      },
      prepare: (_: unknown, { gradients }: StepSpec) => prepare(gradients === 'all' ? held : training, gradients),
      rates: [namedFeed('learningRate', () => 1)],
    } as unknown as UpdateContext
    secondOrderStep(context, { optimiser: update.optimiser, learningRate: () => rate, batches: training }, pass, at)
    // The choices moved by one plain step of rate 1.
    const moved = [...logits].flatMap(([name, value]) => [...value].map((each, i) => each - (read(name)[i] ?? 0)))

    const largest = Math.max(...differences.map(Math.abs))
    const errorOf = (gradient: readonly number[]): number =>
      Math.max(...gradient.map((each, i) => Math.abs(each - (differences[i] ?? NaN)))) / largest
    expect(errorOf(moved)).toBeLessThan(0.05)
    expect(errorOf(firstOrder)).toBeGreaterThan(2 * errorOf(moved))
    for (const [name, value] of weights) expect(read(name)).toEqual(value)
  })
})
