import type { Architecture } from '../../../space/architectures/architecture.js'
import type { SelectedOptions } from '../components/derivations/derivation.js'
import type { Session } from '../run/session.js'

/** Options in the order of the decisions: the same network as the text of the architecture gives. */
export function architectureFrom({ plan }: Pick<Session, 'plan'>, selected: SelectedOptions): Architecture {
  const sorted = Object.entries(selected).map(([path, options]) => [path, options.toSorted((a, b) => a - b)] as const)
  return { space: plan.space, decisions: Object.fromEntries(sorted) }
}
