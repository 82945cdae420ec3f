import { Failure } from '../../../../catalogue/failure.js'
import { plural } from '../../../../support/format-quantity.js'
import type { DerivationComponent } from './derivation.js'

/**
 * Every option whose weight is above zero, the strongest first: of connections whose weights become exactly zero, what the
 * search still computes (Yang et al., EnTranNAS, CVPR 2021: the derived network is the valid graph of the search).
 */
export const nonzero: DerivationComponent = (read) => ({
  kind: 'evidence',
  derive: (open, input) =>
    Object.fromEntries(
      open.map((decision) => {
        const weights = input.weights[decision.path]
        if (weights === undefined) {
          throw new Failure('nothing-trained', { clause: read.clause, decision: decision.path, kind: decision.kind })
        }
        const taken = [...weights.keys()].filter(
          (option) => (weights[option] ?? 0) > 0 && !input.excluded(decision, option),
        )
        const { least, most } = decision.arity ?? { least: 1, most: 1 }
        if (taken.length < least || taken.length > most) {
          const takes = least === most ? String(least) : `${String(least)} to ${String(most)}`
          throw new Failure('nonzero-does-not-fit', {
            ...{ clause: read.clause, decision: decision.path, takes },
            found: plural(taken.length, 'option'),
          })
        }
        return [decision.path, taken.sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0))]
      }),
    ),
})
