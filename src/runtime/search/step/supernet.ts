import { buildNetwork } from '../../../space/network/build-network.js'
import type { Network } from '../../../space/network/network.js'
import type { ResolvedSearch } from './resolved-search.js'
import { dataShape, type SessionData } from './session.js'

/** The network that a step of the search trains, every relaxed decision open. */
export function buildSupernet({ ir, plan, params, relaxed }: ResolvedSearch, data: SessionData): Network {
  const { binding } = relaxed
  return buildNetwork(ir, plan.space, { params, binding, mode: 'shared', ...dataShape(data) })
}
