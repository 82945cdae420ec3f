import { memberFinder } from '../../analysis/index.js'
import { architectureFrom } from '../search/step/architecture-from.js'
import type { ResolvedSearch } from '../search/step/resolved-search.js'
import type { SelectedOptions } from '../search/components/derivations/derivation.js'

/** An architecture of the space, told from all others by its key. */
export interface Member {
  readonly key: string
  readonly decisions: SelectedOptions
}

/** What is taken at the decisions that the network meets, in one form whoever says it. */
export type MemberOf = (decisions: SelectedOptions) => Member

/**
 * Architectures of a space as they are compared. One that misses a constraint, as a derivation may, stands as it was said.
 *
 * @throws Failure as `memberFinder`
 */
export function openMembers(search: ResolvedSearch): {
  readonly find: (d: SelectedOptions) => Member | undefined
  readonly of: MemberOf
} {
  const finder = memberFinder(search.ir, search.plan.space, { params: search.params })
  const member = (decisions: SelectedOptions): Member => {
    const sorted = Object.entries(architectureFrom(search, decisions).decisions).sort(([a], [b]) => (a < b ? -1 : 1))
    return { key: JSON.stringify(sorted), decisions: Object.fromEntries(sorted) }
  }
  const find = (decisions: SelectedOptions): Member | undefined => {
    const found = finder(decisions)
    return found && member(found.architecture.decisions)
  }
  return { find, of: (decisions) => find(decisions) ?? member(decisions) }
}
