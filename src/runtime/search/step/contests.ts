import { crossEntropyObjective } from '../../plan/objective.js'
import { namedFeed } from '../../training/feeds/feed.js'
import { runStep } from '../../training/steps.js'
import type { TrainingPosition } from '../../training/training-position.js'
import {
  isContested,
  type ContestedPass,
  type DrawnPass,
  type SampledPass,
  type Selection,
} from '../components/samplers/sampler.js'
import { openScore } from '../components/scores/index.js'
import type { EvaluatedScore } from '../components/scores/score.js'
import { optional } from '../settings/optional.js'
import type { UpdateContext } from './update.js'

/** The networks of a step, when those that were to be picked by their scores are picked. */
export function settled(
  context: UpdateContext,
  passes: readonly DrawnPass[],
  at: TrainingPosition,
): readonly SampledPass[] {
  return passes.map((pass) => (isContested(pass) ? winnerOf(context, pass, at) : pass))
}

function winnerOf(context: UpdateContext, contest: ContestedPass, at: TrainingPosition): SampledPass {
  const { name, candidates } = contest
  const scores = scoresOf(context, contest, at)
  const winner = candidates[scores === undefined ? 0 : contest.pick(scores)]
  if (winner === undefined) throw new Error(`of the networks for ${name} none is picked`)
  return { ...winner, name }
}

/** One for each candidate, the higher the better; undefined: nothing is known yet that they could be ranked by. */
function scoresOf(context: UpdateContext, contest: ContestedPass, at: TrainingPosition): readonly number[] | undefined {
  const { candidates, selections } = contest
  const score = openScore(contest.score, 'sample')
  if (score.kind === 'prediction') return predictions(context, selections, at)
  if (score.kind !== 'evaluated' || score.images !== 'batch')
    throw new Error(`${contest.score.component} judges no networks of a step`)
  return candidates.map((candidate) => scoreOf(context, score, candidate, at))
}

function predictions(
  { session, supernet }: UpdateContext,
  selections: readonly Selection[],
  { epoch }: TrainingPosition,
): readonly number[] | undefined {
  const { predictor } = session.search.plan
  if (predictor !== undefined && epoch < predictor.settings.pretrain) return undefined
  if (supernet.predict === undefined) throw new Error('no predictor was fitted that networks could be ranked by')
  return supernet.predict(selections)
}

/**
 * On the batch of the step, with its statistics and without gradients: the objective of labels, smoothed as it is trained, and no
 * value is dropped. Running statistics stay as they are.
 */
function scoreOf(context: UpdateContext, score: EvaluatedScore, candidate: SampledPass, at: TrainingPosition): number {
  const { spec, images } = context
  const { smoothing = 0 } = context.session.search.minimised
  const objective = crossEntropyObjective(smoothing)
  const { step, feeds } = context.prepare(
    { ...candidate, trains: false },
    { batch: spec.batch, mode: 'calibrate', objective, ...optional('weights', spec.weights) },
    [namedFeed('calibrationMomentum', () => 0)],
  )
  runStep(step, feeds.draw(at))
  const [loss = NaN] = step.executable.read('loss')
  const [correct = NaN] = step.executable.read('correct')
  const value = score.value({ loss, accuracy: correct / images, samples: images })
  return score.better === 'higher' ? value : -value
}
