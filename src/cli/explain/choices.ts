import type { Decision } from '../../space/decisions/decision.js'
import { pathSegments } from '../../space/decisions/decision-path.js'

/** Decisions that are alike: made in the same way at neighbouring places. */
export interface ChoiceGroup {
  /** `normal.n1.through[s0] … normal.n4.through[n3]`, or the one path. */
  readonly paths: string
  readonly count: number
  readonly options: readonly string[]
  readonly values?: readonly number[]
  readonly arity?: { readonly least: number; readonly most: number }
}

/** Decisions in the order of the space; those of one stage or cell, of one kind and with the same options together. */
export function groupChoices(decisions: readonly Decision[]): readonly ChoiceGroup[] {
  const groups = new Map<string, Decision[]>()
  for (const decision of decisions) {
    const [owner = ''] = pathSegments(decision.path)
    const key = JSON.stringify([
      owner,
      decision.path.replace(/[\w.[\]]*[\].]/g, ''),
      decision.kind,
      decision.options,
      decision.arity,
    ])
    const group = groups.get(key)
    if (group) group.push(decision)
    else groups.set(key, [decision])
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    const last = group.at(-1)
    if (!first || !last) return []
    const { options, values, arity } = first
    return [
      {
        paths: group.length === 1 ? first.path : `${first.path} … ${last.path}`,
        count: group.length,
        options,
        ...(values ? { values } : {}),
        ...(arity ? { arity } : {}),
      },
    ]
  })
}
