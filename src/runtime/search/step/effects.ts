import type { StoredVariables } from '../../training/steps.js'
import type { TrainingPosition } from '../../training/training-position.js'
import { openOptimiser } from '../components/optimisers/index.js'
import type { Session } from './session.js'
import { sharedNetwork } from './shared-network.js'

/** What the relaxations of a search do to variables just before a step. */
export function openEffects({ search, data }: Session, variables: StoredVariables): (at: TrainingPosition) => void {
  const { plan, relaxed, sampled, sampler } = search
  const effects = relaxed.effects({
    network(selection) {
      return sharedNetwork(search, data, sampled.path('effect', selection).binding)
    },
    state: openOptimiser(plan.weights.optimiser, 'train weights').emission.state,
    open: (decision, at) => sampler.open?.(decision, at) ?? [...decision.options.keys()],
  })
  return (at) => {
    for (const effect of effects)
      for (const [name, values] of effect.before(at, variables.read)) variables.write(name, values)
  }
}
