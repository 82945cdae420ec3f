import type { Decision } from '../../../../space/decisions/decision.js'
import { Failure } from '../../../../catalogue/failure.js'
import type { DerivationInput } from './derivation.js'

export interface Strongest {
  readonly option: number
  readonly weight: number
}

/** The option with the largest weight among those that may be derived; the first one of equals. */
export function strongestOption(decision: Decision, input: DerivationInput, clause: string): Strongest {
  const weights = input.weights[decision.path]
  if (weights === undefined) {
    throw new Failure('nothing-trained', { clause, decision: decision.path, kind: decision.kind })
  }
  let best: Strongest | undefined
  weights.forEach((weight, option) => {
    if (!input.excluded(decision, option) && (best === undefined || weight > best.weight)) best = { option, weight }
  })
  if (best === undefined) {
    throw new Failure('all-excepted', { clause, decision: decision.path, options: decision.options.join(', ') })
  }
  return best
}
