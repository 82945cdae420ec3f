import type { Decision } from '../space/decisions/decision.js'
import { withAnyLayer, withoutLayers } from '../space/decisions/decision-path.js'

/** How closely a path speaks of a decision. Of two that do, the more specific one holds. */
export const specificities = {
  /** `kernel`, `mb2.kernel`: every decision of the kind, or all of them in a part of the space. */
  kind: 0,
  /** `mb2.kernel` of `mb2.layer[1].kernel`: the same in every layer. */
  layers: 1,
  /** The path itself. */
  path: 2,
} as const

export type Specificity = (typeof specificities)[keyof typeof specificities]

/** How closely the path of an entry of an architecture speaks of a decision. Undefined: not at all. */
export function specificityOf(path: string, { path: found, kind }: Decision): Specificity | undefined {
  if (path === found) return specificities.path
  const inAll = withoutLayers(found)
  if (path === inAll || path === withAnyLayer(found)) return specificities.layers
  // The members of a family are written with an index: `n[1]` of `n1`.
  if (path.replace(/\[(\d+)\]/gu, '$1') === found) return specificities.path
  const part = path === kind ? '' : path.endsWith(`.${kind}`) ? path.slice(0, -kind.length) : undefined
  if (part === undefined) return undefined
  return found.startsWith(part) || inAll.startsWith(part) ? specificities.kind : undefined
}
