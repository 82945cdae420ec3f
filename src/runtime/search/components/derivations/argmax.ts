import type { Decision } from '../../../../space/decisions/decision.js'
import { onlySelection } from '../../../../space/architectures/architecture.js'
import { Failure } from '../../../../catalogue/failure.js'
import type { DerivationComponent, DerivationInput } from './derivation.js'
import { strongestOption } from './strongest.js'

/**
 * Each decision takes the option with the largest weight; where sets of options have chances, the set with the largest one,
 * whatever the weights of other decisions are.
 */
export const argmax: DerivationComponent = (read) => ({
  kind: 'evidence',
  decidesEachAlone: true,
  derive: (open, input) =>
    Object.fromEntries(
      open.map((decision) => [
        decision.path,
        decision.arity === undefined
          ? [strongestOption(decision, input, read.clause).option]
          : likeliestSet(decision, input, read.clause),
      ]),
    ),
})

/** The likeliest set, the first one of equals; its options by their weights, the strongest first. */
function likeliestSet(decision: Decision, { sets, weights }: DerivationInput, clause: string): readonly number[] {
  const only = onlySelection(decision)
  if (only !== undefined) return only
  const { of, chances } = sets?.[decision.path] ?? { of: [], chances: [] }
  const best = of[chances.indexOf(Math.max(...chances))]
  if (best === undefined) throw new Failure('argmax-of-set', { clause, decision: decision.path })
  const own = weights[decision.path] ?? []
  return best.toSorted((a, b) => (own[b] ?? 0) - (own[a] ?? 0))
}
