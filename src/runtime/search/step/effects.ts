import type { StoredVariables } from '../../training/steps.js'
import type { TrainingPosition } from '../../training/training-position.js'
import type { Random } from '../../random/random.js'
import { lazy } from '../../../support/lazy.js'
import type { DrawContext } from '../components/objectives/objective.js'
import { weightsPlan } from '../settings/judging.js'
import { openOptimiser } from '../components/optimisers/index.js'
import { derive } from './derive.js'
import type { ResolvedSearch } from './resolved-search.js'
import type { Session } from './session.js'
import { sharedNetwork } from './shared-network.js'

/** What the relaxations and objectives of a search do to variables just before a step. */
export function openEffects(
  { search, data, random }: Session,
  variables: StoredVariables,
): (at: TrainingPosition) => void {
  const { plan, relaxed, sampled, sampler } = search
  const effects = relaxed.effects({
    network(selection) {
      return sharedNetwork(search, data, sampled.path('effect', selection).binding)
    },
    state: openOptimiser(weightsPlan(plan).optimiser, 'train weights').emission.state,
    open: (decision, at) => sampler.open?.(decision, at) ?? [...decision.options.keys()],
  })
  const ofObjectives = search.minimised.effects(openDraws(search, random))
  return (at) => {
    for (const effect of [...effects, ...ofObjectives])
      for (const [name, values] of effect.before(at, variables.read)) variables.write(name, values)
  }
}

/** Architectures that objectives draw from the choices: as the search would derive them. */
function openDraws({ plan, decisions, evidence }: ResolvedSearch, random: Random): DrawContext {
  const shapes = lazy(() => new Map(evidence().variables.map(({ name, shape }) => [name, shape])))
  // Before the first step there are no variables yet: the choices begin all but even.
  const even = (name: string): Float32Array => new Float32Array((shapes().get(name) ?? []).reduce((a, b) => a * b, 1))
  return {
    random: random.stream('draws'),
    evidence: (read, at) => evidence().read((name) => read(name) ?? even(name), at),
    derive: (found) => derive(plan.derive, decisions, found),
  }
}
