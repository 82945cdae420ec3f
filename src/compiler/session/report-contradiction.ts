import type { Extras } from '../diagnostics/diagnostic.js'
import type { Report } from '../diagnostics/report.js'
import type { LoweredProgram } from '../lower/lower.js'
import { reportedAt } from './clause-targets.js'

/** Why something in a clause of a search cannot be meant beside the other clauses. */
export interface Contradiction extends Pick<Extras, 'help' | 'notes'> {
  /** The innermost part of the IR first: it is told at the first one that has a place in the text. */
  readonly parts: readonly object[]
  readonly what: string
  readonly reason: string
}

/** @returns whether any of the parts has a place */
export function reportContradiction(
  program: Pick<LoweredProgram, 'provenance' | 'takenOver'>,
  { parts, what, reason, ...more }: Contradiction,
  report: Report,
): boolean {
  const [place] = parts.flatMap((part) => reportedAt(program, part) ?? [])
  if (place === undefined) return false
  report.add('illegal-combination', place.location, { what, reason }, { labels: place.labels, ...more })
  return true
}
