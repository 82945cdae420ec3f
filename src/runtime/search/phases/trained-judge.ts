import type { TrainedScore } from '../components/scores/score.js'
import { standalonePlan } from '../settings/standalone-plan.js'
import { architectureFrom } from '../step/architecture-from.js'
import { loopStart } from '../step/loop.js'
import { trainedEpochs } from '../step/check-trained-candidates.js'
import { validationBatches } from '../step/session.js'
import type { Contestant, Judge } from './judge.js'
import type { PhaseContext, PhaseStart } from './phase.js'
import { evaluateStandalone, openStandalone, trainStandalone } from './retrain.js'
import { forgetCandidates, keepWeights, loadWeights } from './weights-files.js'

/**
 * Trains each architecture from scratch and looks at the validation images: all with the same streams, so that a score is a function
 * of seed, architecture and epochs alone. One that is to be trained on in a later round goes on from its weights, on the schedules of
 * the whole training: it comes to the same bits as if it had been trained at once.
 *
 * @param share of a whole training that candidates of a round have; absent: all of it
 * @param from where a checkpoint left the candidate that is judged first
 */
export function trainedJudge(
  { session, save }: PhaseContext,
  score: TrainedScore,
  share: ((round: number) => number) | undefined,
  from: PhaseStart | undefined,
): Judge {
  const { directory, engine } = session
  const site = { ...session, search: { ...session.search, standaloneParams: session.search.params } }
  const random = session.random.stream('candidate')
  const plan = standalonePlan(site.search.plan, score.epochs)
  const epochsOf = (round: number): number => trainedEpochs(score, share?.(round))
  let left = from

  return {
    beginRound(round, contestants) {
      const read = new Set(contestants.map((each: Contestant) => nameOf(round - 1, each.before)))
      forgetCandidates(directory, (name) => read.has(name) || name.startsWith(`${String(round)}-`))
    },
    async measure({ candidate, round, index, before }) {
      const begun = left
      left = undefined
      const epochs = epochsOf(round)
      const architecture = architectureFrom(site.search, candidate.selected)
      const isUnderWay = begun !== undefined && begun.loop.done > 0
      const start = isUnderWay ? begun : { loop: loopStart, arrays: weightsOf(round - 1, before) }
      const steps = openStandalone(engine, random, start.arrays)
      try {
        const training = {
          ...{ architecture, plan, steps, random, indices: session.data.split['weights'], events: () => silent },
          ...{ since: before === undefined ? 0 : epochsOf(round - 1), until: epochs },
        }
        const { finished } = await trainStandalone(site, training, start.loop, save)
        if (!finished) return undefined
        const images = validationBatches(session.data)
        const evaluation = await evaluateStandalone(site.search, plan, architecture, site.data, steps, images)
        if (epochs < score.epochs) {
          keepWeights(directory, { of: 'candidate', name: nameOf(round, index) }, steps.snapshot())
        }
        const { accuracy, loss } = evaluation
        return { measured: { accuracy, loss, [score.measure]: score.value(evaluation) }, epochs }
      } finally {
        steps.dispose()
      }
    },
    dispose: () => undefined,
  }

  function weightsOf(round: number, index: number | undefined): ReadonlyMap<string, Float32Array> {
    return index === undefined ? new Map() : loadWeights(directory, { of: 'candidate', name: nameOf(round, index) })
  }
}

/** The training of candidates is told by their scores alone. */
const silent = { progress: () => undefined, endOfEpoch: () => undefined }

function nameOf(round: number, index: number | undefined): string {
  return `${String(round)}-${String(index)}`
}
