import { unequalOptions } from '../../space/binding/bound-options.js'
import { hasSameOptions } from '../../space/binding/reached-decisions.js'
import type { Decision } from '../../space/decisions/decision.js'
import type { ElaborationFailure } from '../../space/limits/elaboration-failure.js'
import type { Selection } from './decision-tree.js'
import type { State } from './state.js'

type Variants = ReadonlyMap<string, Decision>

/**
 * Where another decision says what the options of one are (`one of { 1, kernel + 2 }`), one path stands for several decisions:
 * those that are not the first of their path.
 *
 * @param first the first decision of each path
 */
export function withVariants(
  before: State | undefined,
  selections: readonly Selection[],
  first: Variants,
): Variants | undefined {
  let variants = before?.variants
  for (const { decision } of selections) {
    const { path } = decision
    // Further places that share a decision are settled with the first one, which says what the options are.
    if (before?.selected.has(path) === true || variants?.has(path) === true) continue
    const known = first.get(path)
    if (known && !hasSameOptions(known, decision)) variants = new Map([...(variants ?? []), [path, decision]])
  }
  return variants
}

/** What is wrong with a place that shares a decision with those before, and does not have as many options. */
export function unequalAmong(
  before: State | undefined,
  selections: readonly Selection[],
  first: Variants,
): ElaborationFailure | undefined {
  for (const { decision } of selections) {
    const { path } = decision
    const known = before?.selected.has(path) ? (before.variants?.get(path) ?? first.get(path)) : undefined
    const failure = known && unequalOptions(known, decision)
    if (failure) return failure
  }
  return undefined
}

/** A state with those variants of decisions that somebody still asks for. */
export function withNeededVariants(
  { variants: _, ...state }: State,
  variants: Variants | undefined,
  isNeeded: (path: string) => boolean,
): State {
  const left = [...(variants ?? [])].filter(([path]) => isNeeded(path))
  return left.length === 0 ? state : { ...state, variants: new Map(left) }
}

/** What each path stands for under variants. */
export function decisionsUnder(variants: Variants | undefined, first: Variants): Variants {
  return variants ? new Map([...first, ...variants]) : first
}
