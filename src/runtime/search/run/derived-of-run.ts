import type { Architecture } from '../../../space/architectures/architecture.js'
import type { RunReader } from '../../run/run-directory.js'
import { hasWeights } from '../phases/weights-files.js'
import type { SearchPlan } from '../settings/plan.js'
import { architectureFrom } from '../step/architecture-from.js'

/** An architecture that a run derived, the best one first, or drew to measure that by. */
export interface DerivedOfRun {
  readonly name: string
  readonly architecture: Architecture
  /** Whether there are weights of it that were trained from scratch. */
  readonly isRetrained: boolean
}

/** Known from the journal, where the search wrote it. */
export function derivedOfRun(run: RunReader, plan: SearchPlan): readonly DerivedOfRun[] {
  return run.events().flatMap((event) => {
    if (event.type !== 'architecture-derived') return []
    const { name, decisions } = event
    const isRetrained = hasWeights(run, { of: 'retrained', architecture: name })
    return [{ name, architecture: architectureFrom({ plan }, decisions), isRetrained }]
  })
}
