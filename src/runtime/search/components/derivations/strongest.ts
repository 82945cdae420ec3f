import type { Decision } from '../../../../space/values/decision.js'
import { Failure } from '../../../../ir/failure.js'
import type { Evidence } from './derivation.js'

export interface Strongest {
  readonly option: number
  readonly weight: number
}

/** The option with the largest weight among those that may be derived; the first one of equals. */
export function strongestOption(decision: Decision, evidence: Evidence, clause: string): Strongest {
  const weights = evidence.weights[decision.path]
  if (weights === undefined) {
    throw new Failure(
      'NAS7504',
      `\`${clause}\` reads the weights of \`${decision.path}\`, but nothing trains any for it.`,
      `Relax \`${decision.kind}\` by a relaxation that has variables, such as \`softmax\`.`,
    )
  }
  let best: Strongest | undefined
  weights.forEach((weight, option) => {
    if (!evidence.excluded(decision, option) && (best === undefined || weight > best.weight)) best = { option, weight }
  })
  if (best === undefined) {
    throw new Failure(
      'NAS7505',
      `\`${clause}\` excludes every option of \`${decision.path}\`: ${decision.options.join(', ')}.`,
      'Except fewer options.',
    )
  }
  return best
}
