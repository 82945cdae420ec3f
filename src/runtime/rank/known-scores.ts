import type { RunReader } from '../run/run-directory.js'
import { readScores } from '../run/score-store.js'
import type { SelectedOptions } from '../search/components/derivations/derivation.js'
import { derivedPhaseName } from '../search/phases/derive-phase.js'
import { scoreFor } from '../search/settings/judging.js'
import { searchingDerivation } from '../search/step/derive.js'
import type { ResolvedSearch } from '../search/step/resolved-search.js'
import type { HeldOutImages } from '../search/step/held-out.js'
import type { MemberOf } from './members.js'

/** What the supernet makes of an architecture on all held-out images. */
export interface SupernetScore {
  readonly accuracy: number
  readonly loss: number
  readonly decisions: SelectedOptions
  /** Of one that the run derived, or that was drawn. */
  readonly name?: string
}

/**
 * Scores of a run that need not be computed: those of its search, where it looked at the same images, and those that were kept
 * before. By key of the architecture.
 */
export function knownScores(
  run: RunReader,
  search: ResolvedSearch,
  { part }: HeldOutImages,
  memberOf: MemberOf,
): Map<string, SupernetScore> {
  const known = new Map<string, SupernetScore>()
  const add = ({ accuracy, loss, name, decisions }: SupernetScore): void => {
    const member = memberOf(decisions)
    const before = known.get(member.key)
    const named = before?.name ?? name
    known.set(member.key, {
      ...(before ?? { accuracy, loss }),
      decisions: member.decisions,
      ...(named !== undefined && { name: named }),
    })
  }
  const events = run.events()
  if (part === 'validation') {
    const derived = new Map(
      events.flatMap((event) => (event.type === 'architecture-derived' ? [[event.name, event.decisions]] : [])),
    )
    for (const event of events) {
      if (event.type !== 'evaluation' || event.weights !== 'inherited' || event.split !== 'validation') continue
      const decisions = derived.get(event.architecture)
      if (decisions !== undefined) add({ ...event, decisions, name: event.architecture })
    }
    if (scoresAllImages(search)) {
      for (const event of events) {
        // What a predictor is fitted to was scored with other weights than those of the end.
        if (event.type !== 'architecture-scored' || event.phase !== derivedPhaseName) continue
        const { accuracy, loss } = event.scores
        if (accuracy !== undefined && loss !== undefined) add({ accuracy, loss, decisions: event.decisions })
      }
    }
  }
  for (const score of readScores(run.path)) if (score.images === part) add(score)
  return known
}

/** Whether candidates of the search were judged by all images that it kept for that: a score on one batch is another one. */
function scoresAllImages({ plan }: ResolvedSearch): boolean {
  const derivation = searchingDerivation(plan.derive)
  const score = derivation && scoreFor(derivation, plan.score)
  return score?.kind === 'evaluated' && score.images === undefined
}
