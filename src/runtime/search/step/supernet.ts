import type { Network } from '../../../space/network/network.js'
import type { Random } from '../../random/random.js'
import { openSteps, type StepCache } from '../../training/steps.js'
import type { TrainingPosition } from '../../training/training-position.js'
import type { SampledSpace, Selection } from '../components/samplers/sampler.js'
import { placedSpaces } from './placed-space.js'
import type { RelaxedSpace } from './relax-space.js'
import type { ResolvedSearch } from './resolved-search.js'
import type { FedImages, Session } from './session.js'
import { sharedNetwork } from './shared-network.js'

/** The network with every relaxed decision open. */
export function buildSupernet(search: ResolvedSearch, data: FedImages): Network {
  return sharedNetwork(search, data, search.relaxed.binding)
}

/** The supernet of a session with the steps that train it. */
export interface Supernet {
  readonly space: RelaxedSpace
  readonly steps: StepCache
  /** What samplers draw from at a position, with the variables as they are. */
  readonly sampledAt: (at: TrainingPosition) => SampledSpace
  /** What the predictor says that architectures score; absent: none is fitted to scores, or it is not yet. */
  readonly predict?: (selections: readonly Selection[]) => readonly number[]
}

/** Stream of the first values of a supernet. @param random root of all streams of a run */
export function initialSupernet(random: Random): Random {
  return random.stream('initial/supernet')
}

/**
 * @param stored variables from a checkpoint
 * @param predict absent: nothing is ranked by a predictor, or not yet
 */
export function openSupernet(
  session: Session,
  stored?: ReadonlyMap<string, Float32Array>,
  predict?: Supernet['predict'],
): Supernet {
  const { search, engine, random } = session
  const steps = openSteps(engine, {
    random: initialSupernet(random),
    deviation: search.plan.choices?.settings.choice_init ?? 0,
    stored,
  })
  return {
    space: search.relaxed,
    steps,
    sampledAt: placedSpaces(search, session.data, steps),
    ...(predict !== undefined && { predict }),
  }
}
