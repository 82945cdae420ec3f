import { buildNetwork } from '../../../space/network/build-network.js'
import type { Network } from '../../../space/network/network.js'
import type { Binding } from '../../../space/decisions/binding.js'
import type { ResolvedSearch } from './resolved-search.js'
import { dataShape, type FedImages } from './session.js'

/** A network of the search that reads the weights of the supernet. */
export function sharedNetwork(
  { ir, plan, params }: Pick<ResolvedSearch, 'ir' | 'plan' | 'params'>,
  data: FedImages,
  binding: Binding,
): Network {
  const shareFeatures = plan.sharesFeatures === true
  return buildNetwork(ir, plan.space, { params, binding, mode: 'shared', shareFeatures, ...dataShape(data) })
}
