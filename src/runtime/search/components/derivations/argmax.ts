import { Failure } from '../../../../ir/failure.js'
import type { DerivationComponent } from './derivation.js'
import { strongestOption } from './strongest.js'

/** Each decision takes the option with the largest weight. */
export const argmax: DerivationComponent = (read) => ({
  derive: (open, evidence) =>
    Object.fromEntries(
      open.map((decision) => {
        if (decision.arity !== undefined) {
          throw new Failure(
            'NAS7506',
            `\`${read.clause}\` takes one option, but \`${decision.path}\` takes a set of them.`,
            'Derive it by `top(count)`, or restrict `argmax` to other choices: `argmax of through`.',
          )
        }
        return [decision.path, [strongestOption(decision, evidence, read.clause).option]]
      }),
    ),
})
