import { countArchitectures } from '../../../analysis/index.js'
import { Failure } from '../../../catalogue/failure.js'
import { spaceWord } from '../../../space/expressions/labels.js'
import { fewestMeasurements } from '../components/predictors/predictor.js'
import { openScore } from '../components/scores/index.js'
import { hasSupernet, scoreOf } from '../settings/judging.js'
import type { PredictorPlan, SearchPlan } from '../settings/plan.js'
import { searchingDerivation } from './derive.js'
import type { ResolvedSearch } from './resolved-search.js'

/**
 * A search ranks networks of its steps by a predictor if it has one that is fitted to scores, and only then; what that is fitted to
 * has to come about before the search ends, on images that are kept for it.
 *
 * @throws Failure NAS7646
 */
export function checkPredictor(search: ResolvedSearch): void {
  const { plan, sampler } = search
  const { predictor } = plan
  if (scoreOf(plan).kind === 'prediction') throw judgedByPrediction(plan)
  if (plan.given !== undefined || plan.inherit !== undefined) return
  const ranks = sampler.picksBy !== undefined && openScore(sampler.picksBy, 'sample').kind === 'prediction'
  if (ranks && predictor?.predicts !== 'scores') {
    const of = { clause: 'sample', component: sampler.picksBy.component }
    if (predictor === undefined) throw unfit(of, 'it ranks by a predictor, and the search has none', exampleHelp)
    const reason = `it ranks by what networks score, and \`${predictor.name}\` is fitted to measurements of a cost`
    throw unfit(of, reason, 'Leave out `fitted to measurements …` of the predictor, or rank `by batch_loss`.')
  }
  if (predictor?.predicts !== 'scores') return
  if (!ranks)
    throw unfit(
      { clause: 'predictor', component: predictor.name },
      'it would be fitted to scores, and nothing ranks by it',
      'Rank the networks of a step by it, `sample attentive(best of 50 by predicted)`, or name a file, `fitted to measurements "latency.csv"`.',
    )
  checkScored(search, predictor)
}

/** What a predictor is fitted to. */
function checkScored(search: ResolvedSearch, { name, settings }: PredictorPlan): void {
  const { plan } = search
  const score = openScore(plan.score, 'score')
  if (!hasSupernet(plan) || score.kind !== 'evaluated' || score.probe !== undefined)
    throw unfit(
      { clause: 'score', component: plan.score.component },
      `\`${name}\` is fitted to what a supernet in training scores, and this does not look at one`,
      'Judge by `accuracy`, or take the predictor out.',
    )
  const predictor = { clause: 'predictor', component: name }
  if (plan.validate === undefined)
    throw unfit(
      predictor,
      'it is fitted to scores on images that train nothing, and none are kept for that',
      'Keep some: `validate on 10%`.',
    )
  if (settings.pretrain === 0)
    throw unfit(
      predictor,
      'it is fitted to scores, and after how many epochs is not said',
      'Say it: `train predictor { adamw(lr: 0.001), pretrain 30 }`.',
    )
  const { atMost } = countArchitectures(search.ir, plan.space, { params: search.params })
  if (atMost < BigInt(fewestMeasurements))
    throw unfit(
      predictor,
      `a predictor needs ${String(fewestMeasurements)} architectures, and ${spaceWord(plan.space)} has ${String(atMost)}`,
      'Look at the networks themselves: `by batch_loss`.',
    )
}

/** What is derived is looked at: where the score stands that does not. */
function judgedByPrediction({ score, derive }: SearchPlan): Failure {
  const said = openScore(score, 'score').kind === 'prediction'
  const by = searchingDerivation(derive)?.score ?? score
  return unfit(
    { clause: said ? 'score' : 'derive', component: by.component },
    'it ranks networks of a step, and what is derived is looked at',
    'Judge by `accuracy`.',
  )
}

const exampleHelp =
  'Add `predictor quality = mlp(128, 64)` and `train predictor { adamw(lr: 0.001), pretrain 30 }`, or rank `by batch_loss`.'

function unfit(of: { readonly clause: string; readonly component: string }, reason: string, help: string): Failure {
  return new Failure('predictor-does-not-fit', { ...of, reason }, { help })
}
