import type { Decision } from '../values/decision.js'

/** Which decisions steer: those that were used for a value that says what is built. */
export interface SteeringDecisions {
  /** Paths of decisions, or any of them. */
  readonly found: ReadonlySet<string> | 'any'
  /** A single option of the decision was used. */
  used(decision: Decision): void
  /** The size of a feature map was used, which any number may have decided. */
  measured(): void
  /** Runs `evaluate`, whose value says what is built. */
  within<T>(evaluate: () => T): T
}

export function steeringDecisions(): SteeringDecisions {
  const found = new Set<string>()
  let isSteering = false
  let any = false
  return {
    get found() {
      return any ? 'any' : found
    },
    used({ path }) {
      if (isSteering) found.add(path)
    },
    measured() {
      any ||= isSteering
    },
    within(evaluate) {
      const outer = isSteering
      isSteering = true
      try {
        return evaluate()
      } finally {
        isSteering = outer
      }
    },
  }
}
