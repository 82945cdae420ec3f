import type { GivenArchitecture } from '../settings/plan.js'
import { writeDerived } from './derived-architecture.js'
import { derivedPhaseName, type DerivedResult } from './derive-phase.js'
import type { Phase } from './phase.js'

/** Writes down an architecture that was given to be trained: it stands where a search would have derived one. */
export function givenPhase({ name, decisions }: GivenArchitecture): Phase<DerivedResult> {
  return {
    phase: derivedPhaseName,
    run: ({ session }) =>
      Promise.resolve({
        kind: 'done',
        result: { architectures: [writeDerived(session, { name, selected: decisions, unmet: [] })] },
      }),
  }
}
