import type { SelectedOptions } from '../components/derivations/derivation.js'
import { lastPosition } from '../../training/training-position.js'
import { readProbabilities } from '../step/probabilities.js'
import type { Session } from '../step/session.js'
import { deriveAllowed } from './derive-allowed.js'
import { writeDerived } from './derived-architecture.js'
import type { Phase, Results } from './phase.js'
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

const phase = 'derive'

/** What the phase came to; undefined before it has. */
export function derivedIn(results: Results): DerivedResult | undefined {
  // What stands under the name of a phase is what it gave: the checksum of a checkpoint has proved that.
  return results[phase] as DerivedResult | undefined
}

/** Reads an architecture off the weights of the supernet, and writes it down. */
export const derivePhase: Phase<DerivedResult> = {
  phase,
  run({ session }) {
    const { selected, unmet } = deriveAllowed(session.search, readEvidence(session))
    const derived = writeDerived(session, { name: derivedName(0), selected, unmet })
    return Promise.resolve({ kind: 'done', result: { architectures: [derived] } })
  },
}

/** `derived`, `derived_2`, … */
function derivedName(index: number): string {
  return index === 0 ? 'derived' : `derived_${String(index + 1)}`
}

function readEvidence({ search, directory }: Session): Readonly<Record<string, readonly number[]>> {
  const stored = loadWeights(directory, { of: 'supernet' })
  const kept = {
    read(variable: string) {
      const values = stored.get(variable)
      if (values === undefined) throw new Error(`the supernet was kept without its variable ${variable}`)
      return values
    },
  }
  return readProbabilities(search.relaxed, kept, lastPosition(search.plan.epochs))
}
