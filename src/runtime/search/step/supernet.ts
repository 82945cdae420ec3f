import { buildNetwork } from '../../../space/network/build-network.js'
import type { Network } from '../../../space/network/network.js'
import type { Random } from '../../random/random.js'
import { openSteps, type StepCache } from '../../training/steps.js'
import type { RelaxedSpace } from './relaxed.js'
import type { ResolvedSearch } from './resolved-search.js'
import { dataShape, type Session, type SessionData } from './session.js'

/** The network that a step of the search trains, every relaxed decision open. */
export function buildSupernet({ ir, plan, params, relaxed }: ResolvedSearch, data: SessionData): Network {
  const { binding } = relaxed
  return buildNetwork(ir, plan.space, { params, binding, mode: 'shared', ...dataShape(data) })
}

/** The supernet of a session with the steps that train it. */
export interface Supernet {
  readonly space: RelaxedSpace
  readonly steps: StepCache
}

/** Stream of the first values of a supernet. @param random root of all streams of a run */
export function initialSupernet(random: Random): Random {
  return random.stream('initial/supernet')
}

/** @param stored variables from a checkpoint */
export function openSupernet(session: Session, stored?: ReadonlyMap<string, Float32Array>): Supernet {
  const { search, engine, random } = session
  return {
    space: search.relaxed,
    steps: openSteps(engine, {
      random: initialSupernet(random),
      deviation: search.plan.choices?.deviation ?? 0,
      stored,
    }),
  }
}
