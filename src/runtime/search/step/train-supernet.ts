import { costOf } from '../../../space/cost/index.js'
import type { TrainingPosition } from '../../training/training-position.js'
import { openEffects } from './effects.js'
import { loopStart, runLoop, type Loop, type LoopOutcome, type LoopState } from './loop.js'
import { loopEvents, type LoopFigures } from './loop-events.js'
import { entropyByKind, evidenceOf } from './evidence.js'
import { weightsPlan } from '../settings/judging.js'
import { optional } from '../settings/optional.js'
import type { Session } from './session.js'
import { sharedNetwork } from './shared-network.js'
import type { Supernet } from './supernet.js'
import { figuresOf, type Tallies } from './tally.js'
import { epochwise, stepwise, type Rhythm } from './rhythm.js'
import { openUpdate, type VariableUpdate } from './update.js'

/** A part of the training of a supernet: all of it, unless a predictor is fitted in its midst. */
export interface TrainingPart {
  /** Under which its events speak. */
  readonly phase: string
  /** The first of its epochs, from 0. */
  readonly from: number
  /** The first epoch after it; absent: it goes on to the end. */
  readonly until?: number
}

/**
 * Trains the supernet: in every step the choices, if there are any, and then the weights are updated. With both it is
 * bi-level and of first order (Liu et al., DARTS, algorithm 1 with xi = 0): the choices move along the gradient of the loss
 * on a held-out batch at the weights as they are, then the weights along the one on a training batch. Per epoch, the weights
 * are trained on all of their images, and then the choices on all of theirs.
 *
 * @param start where a checkpoint left the part; absent: it begins
 * @param save writes a checkpoint
 */
export async function trainSupernet(
  session: Session,
  supernet: Supernet,
  part: TrainingPart,
  start: LoopState | undefined,
  save: (loop: LoopState, arrays: ReadonlyMap<string, Float32Array>) => void,
): Promise<LoopOutcome> {
  const { control, search } = session
  const { plan } = search
  const weights = openUpdate(session, supernet, 'weights', weightsPlan(plan))
  const choices = plan.choices && openUpdate(session, supernet, 'choices', plan.choices)
  const updates = choices === undefined ? [weights] : [choices, weights]
  const rhythm = plan.perEpoch === true ? epochwise(updates.toReversed()) : stepwise(updates, weights)

  const effects = openEffects(session, supernet.steps.variables)

  const figuresAt = (position: TrainingPosition, tallies: Tallies): LoopFigures => {
    // No step names the logits of a choice with a single option.
    const found = evidenceOf(search.evidence(), supernet.steps, rhythm.placeOf(choices ?? weights, position))
    const figures = {
      ...figuresOf(tallies),
      'learning_rate.weights': weights.learningRate(rhythm.placeOf(weights, position)),
      ...entropyByKind(supernet.space, found),
      ...found.figures,
    }
    return { figures, probabilities: found.weights }
  }
  if (start === undefined) recordStart(session, supernet, part, updates, rhythm)

  const loop: Loop = {
    epochs: plan.settings.epochs,
    ...optional('until', part.until),
    steps: rhythm.steps,
    images: rhythm.images,
    step(position) {
      effects(position)
      const seen = rhythm
        .turns(position)
        .filter(({ update, at }) => update.isDue(at))
        .map(({ update, at }) => [update.name, update.run(at)] as const)
      // What trains the weights comes first.
      return Object.fromEntries(seen.toReversed())
    },
    ...loopEvents(session, { phase: part.phase }, figuresAt),
    save: (state) => save(state, supernet.steps.snapshot()),
  }
  return runLoop(loop, start ?? { ...loopStart, done: part.from * rhythm.steps }, control)
}

function recordStart(
  session: Session,
  { sampledAt }: Supernet,
  { phase, from, until }: TrainingPart,
  updates: readonly VariableUpdate[],
  rhythm: Rhythm,
): void {
  const { search, data } = session
  const { plan, relaxedCopies } = search
  const { epochs } = plan.settings
  const begins = { epoch: from, epochs, step: 0, steps: 1 }
  // Where copies of cells run what is derived, the network changes with the choices: what the first step trains.
  const network =
    relaxedCopies === undefined ? session.supernet() : sharedNetwork(search, data, sampledAt(begins).supernet.binding)
  const { parameters, macs, convention } = costOf(network)
  const weights = updates.find(({ name }) => name === 'weights')
  session.record({
    type: 'phase-started',
    phase,
    epochs: (until ?? epochs) - from,
    steps: rhythm.steps,
    batch: weights?.images ?? 0,
    images: Object.fromEntries(updates.map(({ name }) => [name, data.split[name]?.length ?? 0] as const).toReversed()),
    parameters,
    macs,
    convention,
  })
}
