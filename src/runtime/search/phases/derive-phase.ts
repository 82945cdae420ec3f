import type { Evidence, SelectedOptions } from '../components/derivations/derivation.js'
import { lastPosition } from '../../training/training-position.js'
import { judgeOf } from '../settings/judging.js'
import { validationBatches, type Session } from '../step/session.js'
import { architectureFrom } from '../step/architecture-from.js'
import { searchingDerivation } from '../step/derive.js'
import { evaluateInherited } from './inherited.js'
import { openKeptSupernet } from './kept-supernet.js'
import { scoreCandidates } from './score-candidates.js'
import { deriveAllowed } from '../step/derive-allowed.js'
import { writeDerived } from './derived-architecture.js'
import type { Phase, Results } from './phase.js'
import { openRecordedResults } from './recorded-results.js'
import { loadWeights } from './weights-files.js'

/** What a search ended with: the retrainings and tests start from this alone. */
export type DerivedResult = {
  /** The best one first. */
  readonly architectures: readonly DerivedArchitecture[]
}

export type DerivedArchitecture = {
  readonly name: string
  readonly selected: SelectedOptions
  /** Of the network that stands alone, under the params of the search. */
  readonly parameters: number
  readonly macs: number
}

/** Name of the phase that ends with architectures. */
export const derivedPhaseName = 'derive'

/** What the phase came to; undefined before it has. */
export function derivedIn(results: Results): DerivedResult | undefined {
  // What stands under the name of a phase is what it gave: the checksum of a checkpoint has proved that.
  return results[derivedPhaseName] as DerivedResult | undefined
}

/** Reads an architecture off the weights of the supernet, or scores many; writes down what was found. */
export const derivePhase: Phase<DerivedResult> = {
  phase: derivedPhaseName,
  reads(search) {
    const judge = judgeOf(search.plan)
    if (judge?.kind !== 'recorded') return []
    return [{ file: judge.file, check: (files) => void openRecordedResults(search, judge, files) }]
  },
  async run(context, from) {
    const { session } = context
    const searching = searchingDerivation(session.search.plan.derive)
    if (searching === undefined) {
      const derived = writeDerived(session, {
        name: derivedName(0),
        ...deriveAllowed(session.search, keptEvidence(session)),
      })
      if (session.data.split['validation'] !== undefined) await judge(session, derived)
      return { kind: 'done', result: { architectures: [derived] } }
    }
    const outcome = await scoreCandidates(context, derivedPhaseName, searching, from)
    if (outcome.kind === 'interrupted') return outcome
    const architectures = outcome.result.map(({ selected }, index) =>
      writeDerived(session, { name: derivedName(index), selected, unmet: [] }),
    )
    return { kind: 'done', result: { architectures } }
  },
}

/** Accuracy on the validation images with the weights of the supernet. */
async function judge(session: Session, { name, selected }: DerivedArchitecture): Promise<void> {
  const { search, data, random, engine, directory } = session
  const steps = openKeptSupernet(directory, engine, random)
  const architecture = architectureFrom(search, selected)
  const score = await evaluateInherited({ search, data, random, steps, architecture, images: validationBatches(data) })
  session.record({ type: 'evaluation', architecture: name, weights: 'inherited', split: 'validation', ...score })
  steps.dispose()
}

/** `derived`, `derived_2`, … */
function derivedName(index: number): string {
  return index === 0 ? 'derived' : `derived_${String(index + 1)}`
}

function keptEvidence({ search, directory }: Session): Evidence {
  const stored = loadWeights(directory, { of: 'supernet' })
  const kept = (variable: string): Float32Array => {
    const values = stored.get(variable)
    if (values === undefined) throw new Error(`the supernet was kept without its variable ${variable}`)
    return values
  }
  return search.evidence().read(kept, lastPosition(search.plan.settings.epochs))
}
