import { engineBinding } from '../../../space/binding/engine-binding.js'
import { buildNetwork } from '../../../space/network/build-network.js'
import type { Network } from '../../../space/network/network.js'
import type { StepCache } from '../../training/steps.js'
import type { TrainingPosition } from '../../training/training-position.js'
import type { SampledSpace } from '../components/samplers/sampler.js'
import { architectureFrom } from './architecture-from.js'
import { deriveAllowed } from './derive-allowed.js'
import { evidenceOf } from './evidence.js'
import type { ResolvedSearch } from './resolved-search.js'
import { inheritedBinding } from './sampled-space.js'
import { dataShape, type SessionData } from './session.js'

/**
 * The space as samplers see it at a position. Where some copies of cells run what is derived, that is read off the choices as
 * they are: a function of variables and position, so that a resumed run goes on with the same network.
 */
export function placedSpaces(
  search: ResolvedSearch,
  data: SessionData,
  steps: StepCache,
): (at: TrainingPosition) => SampledSpace {
  const { relaxed, relaxedCopies, plan } = search
  if (relaxedCopies === undefined && plan.sharesFeatures !== true) return () => search.sampled
  const sampled = withCosted(search, data)
  if (relaxedCopies === undefined) return () => sampled
  return (at) => {
    const derived = architectureFrom(search, deriveAllowed(search, evidenceOf(search.evidence(), steps, at)).selected)
    const taken = Object.entries(derived.decisions).sort(([a], [b]) => (a < b ? -1 : 1))
    return {
      ...sampled,
      supernet: {
        ...sampled.supernet,
        binding: engineBinding(relaxed.binding, inheritedBinding(relaxed, derived), relaxedCopies),
        key: `${sampled.supernet.key} beside ${JSON.stringify(taken)}`,
      },
    }
  }
}

/** What costs is an architecture: every copy of a cell is what is chosen, and none of its edges shares an operation. */
function withCosted({ ir, plan, params, relaxed, sampled }: ResolvedSearch, data: SessionData): SampledSpace {
  let network: Network | undefined
  const { binding } = relaxed
  const built = (): Network =>
    (network ??= buildNetwork(ir, plan.space, { params, binding, mode: 'shared', ...dataShape(data) }))
  return { ...sampled, supernet: { ...sampled.supernet, costed: { key: 'unshared', network: built } } }
}
