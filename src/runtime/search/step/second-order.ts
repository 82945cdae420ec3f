import type { BatchSource } from '../../data/batches.js'
import { decayOf, type OptimiserEmission } from '../../plan/optimiser.js'
import { batchFeeds } from '../../training/feeds/batch-feeds.js'
import { readStored, runStep, type StoredVariables } from '../../training/steps.js'
import type { TrainingPosition } from '../../training/training-position.js'
import type { SampledPass } from '../components/samplers/sampler.js'
import { trainOn } from './feed.js'
import { applyGradients } from './passes.js'
import type { Tally } from './tally.js'
import type { PreparedPass, UpdateContext } from './update.js'

/** How the weights are trained: the choices look one such step ahead. */
export interface LookAhead {
  readonly optimiser: OptimiserEmission
  /** xi */
  learningRate(at: TrainingPosition): number
  readonly batches: BatchSource
}

/** By name of the variable. */
type Gradients = ReadonlyMap<string, Float32Array>

/** Over the norm of the vector: how far the weights are moved for a central difference (Liu et al., DARTS, section 2.3). */
const reach = 0.01

/**
 * One second-order step of the choices (Liu et al., DARTS, ICLR 2019, eq. 7 and 8): their gradient on held-out images at the
 * weights after one more training step, w' = w - xi (momentum * velocity + gradient + decay * w), less xi times how their
 * gradient on training images changes along the gradient of the weights at w', by central differences. The weights are put
 * back to the bit.
 */
export function secondOrderStep(
  context: UpdateContext,
  ahead: LookAhead,
  pass: SampledPass,
  at: TrainingPosition,
): Tally {
  // As they stand, the velocities of a checkpoint too, which no step of this process need have named before.
  const { variables: store } = context.supernet.steps
  const training = [batchFeeds(ahead.batches)]
  const rate = ahead.learningRate(at)

  const onTraining = context.prepare(pass, { ...context.spec, gradients: 'weights' }, training)
  const toWeights = gradientsOf(onTraining, at)
  const roles = new Map(onTraining.step.variables.map(({ name, role }) => [name, role]))
  const weights = new Map([...toWeights.keys()].map((name) => [name, readStored(store, name)] as const))
  writeEach(store, weights, (name, value) => {
    const decay = decayOf(ahead.optimiser, roles.get(name))
    return lookedAhead(store, { ...ahead.optimiser, decay }, rate, name, value, toWeights)
  })

  const held = context.prepare(pass, { ...context.spec, gradients: 'all' })
  const seen = trainOn(held.step, held.feeds, at, context.images, context.what)
  const atAhead = gradientsIn(held)
  const along = new Map([...atAhead].filter(([name]) => weights.has(name)))
  const distance = reach / norm(along)

  const toChoices = context.prepare(pass, { ...context.spec, gradients: 'choices' }, training)
  const moved = (sign: number): Gradients => {
    writeEach(store, weights, (name, value) => {
      const direction = along.get(name)
      return value.map((each, i) => each + sign * distance * (direction?.[i] ?? 0))
    })
    return gradientsOf(toChoices, at)
  }
  const [forward, backward] = [moved(1), moved(-1)]
  writeEach(store, weights, (_name, value) => value)

  const scale = rate / (2 * distance)
  const gradients = [...atAhead].flatMap(([name, gradient]) => {
    if (weights.has(name)) return []
    const [more, less] = [forward.get(name), backward.get(name)]
    return [[name, gradient.map((each, i) => each - scale * ((more?.[i] ?? 0) - (less?.[i] ?? 0)))] as const]
  })
  applyGradients(context, new Map(gradients), held.step.variables, at)
  return seen
}

/** A weight after one step of its optimiser, as far as it has a momentum. */
function lookedAhead(
  store: StoredVariables,
  optimiser: OptimiserEmission,
  rate: number,
  name: string,
  value: Float32Array,
  gradients: Gradients,
): Float32Array {
  const gradient = gradients.get(name)
  const { momentum } = optimiser
  // Before the first step of the weights there is none.
  const velocity = momentum && store.read(`${name}#${momentum.state}`)
  return value.map(
    (each, i) =>
      each - rate * ((momentum?.factor ?? 0) * (velocity?.[i] ?? 0) + (gradient?.[i] ?? 0) + optimiser.decay * each),
  )
}

function writeEach(
  store: StoredVariables,
  weights: Gradients,
  moved: (name: string, value: Float32Array) => Float32Array,
): void {
  for (const [name, value] of weights) store.write(name, moved(name, value))
}

function gradientsOf(pass: PreparedPass, at: TrainingPosition): Gradients {
  runStep(pass.step, pass.feeds.draw(at))
  return gradientsIn(pass)
}

/** Of the run before. */
function gradientsIn({ step }: PreparedPass): Gradients {
  const prefix = 'gradient/'
  const names = Object.keys(step.program.outputs).filter((name) => name.startsWith(prefix))
  return new Map(names.map((name) => [name.slice(prefix.length), step.executable.read(name)]))
}

function norm(gradients: Gradients): number {
  let sum = 0
  for (const gradient of gradients.values()) for (const value of gradient) sum += value * value
  return Math.sqrt(sum)
}
