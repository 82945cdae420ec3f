import { derivedIn } from '../../../../../src/runtime/search/phases/derive-phase.js'
import type { Phase } from '../../../../../src/runtime/search/phases/phase.js'

/** How many architectures a search has derived. */
export const tallyPhase: Phase<number> = {
  phase: 'tally',
  run: ({ results }) => Promise.resolve({ kind: 'done', result: derivedIn(results)?.architectures.length ?? 0 }),
}
