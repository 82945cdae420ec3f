import type { Ir } from '../ir/model/ir.js'
import { onlyAnswer, type Architecture } from '../space/architectures/architecture.js'
import { buildNetwork } from '../space/network/build-network.js'
import { ElaborationFailure } from '../space/values/elaboration-failure.js'
import { explore } from '../space/architectures/exploration.js'
import type { ParamValues } from '../space/values/params.js'

/**
 * Paths of the decisions that an architecture must take and does not. What hangs on other decisions counts only where they
 * call for it: the kernel of a third layer where there are three, an edge into a node that is there.
 */
export function openDecisions(ir: Ir, architecture: Architecture, params: ParamValues): readonly string[] {
  const { space, decisions } = architecture
  const suspects = explore(ir, space, { params }).filter(({ decision, gates }) => {
    if (decisions[decision.path] !== undefined || onlyAnswer(decision)) return false
    return [...gates].every(([path, options]) => (decisions[path] ?? []).some((option) => options.has(option)))
  })
  if (suspects.length === 0) return []
  const asked = new Set<string>()
  try {
    buildNetwork(ir, space, {
      params,
      mode: 'standalone',
      binding: (decision) => {
        const taken = decisions[decision.path] ?? onlyAnswer(decision)
        if (taken === undefined) asked.add(decision.path)
        const first = Array.from({ length: decision.arity?.least ?? 1 }, (_, option) => option)
        return { kind: 'fixed', options: taken ?? first }
      },
    })
  } catch (failure) {
    // The first options may not fit the others; what was asked for until then is open all the same.
    if (!(failure instanceof ElaborationFailure)) throw failure
  }
  return [...asked]
}
