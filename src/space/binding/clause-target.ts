import type { Decision } from '../decisions/decision.js'
import { withoutLayers } from '../decisions/decision-path.js'

/** How closely a target fits a decision, from `all` to the path itself. */
const specificities = { all: 0, kind: 1, around: 2, path: 3 } as const

/**
 * How closely the target of a clause (`relax X by …`, `argmax of X`) fits a decision: its path; a path around it or the
 * same in every layer (`normal`, `mb2.kernel`); its kind (`through`, `width`); `all`. Undefined: not at all.
 */
function targetSpecificity(target: string, decision: Decision): number | undefined {
  if (target === decision.path) return specificities.path
  const paths = [decision.path, withoutLayers(decision.path)]
  if (paths.some((path) => path === target || path.startsWith(`${target}.`))) return specificities.around
  if (target === decision.kind || (target === 'connections' && isConnection(decision))) return specificities.kind
  return target === 'all' ? specificities.all : undefined
}

/** Connections are the sources of a node together with the operations on them: `sep_conv(3) of s0`. */
export function isConnection({ kind, options }: Decision): boolean {
  return kind === 'from' && options.some((option) => option.includes(' of '))
}

/** How many sources the connections of a node come from; undefined where the options are none. */
export function connectionSources(decision: Decision): number | undefined {
  if (!isConnection(decision)) return undefined
  return new Set(decision.options.map((option) => option.slice(option.lastIndexOf(' of ')))).size
}

/** The decisions that a clause speaks of. */
export function targetedDecisions(target: string, decisions: readonly Decision[]): readonly Decision[] {
  return decisions.filter((decision) => targetSpecificity(target, decision) !== undefined)
}

/** The clause that speaks of a decision most closely, and the first one of equals. */
export function closestClause<Clause extends { readonly target: string }>(
  clauses: readonly Clause[],
  decision: Decision,
): Clause | undefined {
  let closest: { readonly clause: Clause; readonly specificity: number } | undefined
  for (const clause of clauses) {
    const specificity = targetSpecificity(clause.target, decision)
    if (specificity !== undefined && specificity > (closest?.specificity ?? -1)) closest = { clause, specificity }
  }
  return closest?.clause
}
