import type { Decision } from '../decisions/decision.js'
import type { EnclosingOptions, ReachedDecision } from '../decisions/decider.js'

/** The decisions that were reached so far, and in which alternatives. */
export interface ReachedDecisions {
  add(decision: Decision): void
  /** Runs `build` inside of an option: what is reached then stands in it. */
  inside<T>(path: string, option: number, build: () => T): T
  /** By path, in the order in which they were reached. */
  all(): ReadonlyMap<string, ReachedDecision>
}

interface Reached extends Omit<ReachedDecision, 'contexts'> {
  readonly contexts: Map<string, EnclosingOptions>
}

export function hasSameOptions(a: Decision, b: Decision): boolean {
  return a === b || (a.options.length === b.options.length && a.options.every((text, at) => text === b.options[at]))
}

export function reachedDecisions(): ReachedDecisions {
  const reached = new Map<string, Reached>()
  const enclosing: { readonly path: string; readonly option: number }[] = []
  return {
    add(decision) {
      const before = reached.get(decision.path)
      const contexts = before?.contexts ?? new Map<string, EnclosingOptions>()
      const isVariable = before !== undefined && (before.isVariable || !hasSameOptions(before.decision, decision))
      const key = enclosing.map(({ path, option }) => `${path}=${option}`).join(' ')
      if (!contexts.has(key)) contexts.set(key, [...enclosing])
      reached.set(decision.path, { decision, contexts, isVariable })
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
        [...reached].map(([path, { contexts, ...each }]) => [path, { ...each, contexts: [...contexts.values()] }]),
      ),
  }
}
