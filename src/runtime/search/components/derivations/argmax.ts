import { Failure } from '../../../../catalogue/failure.js'
import type { DerivationComponent } from './derivation.js'
import { strongestOption } from './strongest.js'

/** Each decision takes the option with the largest weight. */
export const argmax: DerivationComponent = (read) => ({
  kind: 'evidence',
  decidesEachAlone: true,
  derive: (open, input) =>
    Object.fromEntries(
      open.map((decision) => {
        if (decision.arity !== undefined) {
          throw new Failure('argmax-of-set', { clause: read.clause, decision: decision.path })
        }
        return [decision.path, [strongestOption(decision, input, read.clause).option]]
      }),
    ),
})
