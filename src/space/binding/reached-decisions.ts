import type { Decision } from '../values/decision.js'
import type { EnclosingOptions, ReachedDecision } from '../values/decider.js'

/** The decisions that were reached so far, and in which alternatives. */
export interface ReachedDecisions {
  add(decision: Decision): void
  /** Runs `build` inside of an option: what is reached then stands in it. */
  inside<T>(path: string, option: number, build: () => T): T
  /** By path, in the order in which they were reached. */
  all(): ReadonlyMap<string, ReachedDecision>
}

export function reachedDecisions(): ReachedDecisions {
  const reached = new Map<string, { readonly decision: Decision; readonly contexts: Map<string, EnclosingOptions> }>()
  const enclosing: { readonly path: string; readonly option: number }[] = []
  return {
    add(decision) {
      const { contexts } = reached.get(decision.path) ?? { contexts: new Map<string, EnclosingOptions>() }
      const key = enclosing.map(({ path, option }) => `${path}=${option}`).join(' ')
      if (!contexts.has(key)) contexts.set(key, [...enclosing])
      reached.set(decision.path, { decision, contexts })
    },
    inside(path, option, build) {
      enclosing.push({ path, option })
      try {
        return build()
      } finally {
        enclosing.pop()
      }
    },
    all: () =>
      new Map(
        [...reached].map(([path, { decision, contexts }]) => [path, { decision, contexts: [...contexts.values()] }]),
      ),
  }
}
