import type { Architecture } from '../../../space/architectures/architecture.js'
import type { SelectedOptions } from '../components/derivations/derivation.js'
import type { ResolvedSearch } from './resolved-search.js'

/** Options in the order of the decisions: the same network as the text of the architecture gives. */
export function architectureFrom({ plan }: Pick<ResolvedSearch, 'plan'>, selected: SelectedOptions): Architecture {
  const sorted = Object.entries(selected).map(([path, options]) => [path, options.toSorted((a, b) => a - b)] as const)
  return { space: plan.space, decisions: Object.fromEntries(sorted) }
}
