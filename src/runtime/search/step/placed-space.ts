import { engineBinding } from '../../../space/binding/engine-binding.js'
import type { StepCache } from '../../training/steps.js'
import type { TrainingPosition } from '../../training/training-position.js'
import type { SampledSpace } from '../components/samplers/sampler.js'
import { architectureFrom } from './architecture-from.js'
import { deriveAllowed } from './derive-allowed.js'
import { openEvidence } from './evidence.js'
import type { ResolvedSearch } from './resolved-search.js'
import { inheritedBinding } from './sampled-space.js'

/**
 * The space as samplers see it at a position. Where some copies of cells run what is derived, that is read off the choices as
 * they are: a function of variables and position, so that a resumed run goes on with the same network.
 */
export function placedSpaces(search: ResolvedSearch, steps: StepCache): (at: TrainingPosition) => SampledSpace {
  const { relaxed, sampled, relaxedCopies } = search
  if (relaxedCopies === undefined) return () => sampled
  const evidence = openEvidence(relaxed)
  return (at) => {
    steps.create(evidence.variables)
    const { probabilities } = evidence.read((name) => steps.variables.read(name) ?? new Float32Array(), at)
    const derived = architectureFrom(search, deriveAllowed(search, probabilities).selected)
    const taken = Object.entries(derived.decisions).sort(([a], [b]) => (a < b ? -1 : 1))
    return {
      ...sampled,
      supernet: {
        binding: engineBinding(relaxed.binding, inheritedBinding(relaxed, derived), relaxedCopies),
        key: `${sampled.supernet.key} beside ${JSON.stringify(taken)}`,
      },
    }
  }
}
