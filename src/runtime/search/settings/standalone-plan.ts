import { optimiserUnder } from '../components/settings/acts.js'
import { settle } from '../components/settings/settle.js'
import { weightsPlan } from './judging.js'
import type { RetrainPlan, SearchPlan } from './plan.js'

/** How a network is trained from scratch as the search says of its weights, and of its images. */
export function standalonePlan(search: SearchPlan, epochs: number): RetrainPlan {
  const weights = weightsPlan(search)
  const settings = settle(
    'retrain',
    {},
    {
      clause: 'score',
      trainsNothing: false,
      trainsEach: epochs,
      sampler: { name: search.sample.component },
      advice: () => '',
    },
    { search: search.settings, weights: weights.settings },
  )
  return { params: search.params, optimiser: optimiserUnder(settings, weights.optimiser), settings }
}
