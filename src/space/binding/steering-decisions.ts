import type { Decision } from '../decisions/decision.js'

/** Which decisions steer: those that were used for a value that says what is built. */
export interface SteeringDecisions {
  /** Paths of decisions with how often each was used, or any of them. */
  readonly found: ReadonlyMap<string, number> | 'any'
  /** Whether one value that says what is built was computed from several decisions. */
  readonly together: boolean
  /** A single option of the decision was used. */
  used(decision: Decision): void
  /** The size of a feature map was used, which any number may have decided. */
  measured(): void
  /** Runs `evaluate`, whose value says what is built. */
  within<T>(evaluate: () => T): T
}

export function steeringDecisions(): SteeringDecisions {
  const found = new Map<string, number>()
  let isSteering = false
  let any = false
  let together = false
  /** Those that the value which is being computed used. */
  let current = new Set<string>()
  return {
    get together() {
      return together
    },
    get found() {
      return any ? 'any' : found
    },
    used({ path }) {
      if (!isSteering) return
      found.set(path, (found.get(path) ?? 0) + 1)
      current.add(path)
      together ||= current.size > 1
    },
    measured() {
      any ||= isSteering
    },
    within(evaluate) {
      const outer = isSteering
      if (!outer) current = new Set()
      isSteering = true
      try {
        return evaluate()
      } finally {
        isSteering = outer
      }
    },
  }
}
