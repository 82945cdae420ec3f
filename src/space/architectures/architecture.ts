import { Failure } from '../../catalogue/failure.js'
import type { Binding } from '../decisions/binding.js'
import type { Decision } from '../decisions/decision.js'
import { spaceWord } from '../expressions/labels.js'

/** One architecture of a space: options taken, by path of the decision; positions in `Decision.options`. */
export interface Architecture {
  /** Id of the space. */
  readonly space: string
  readonly decisions: Readonly<Record<string, readonly number[]>>
}

/**
 * Binds every decision as the architecture says. A decision that leaves nothing to choose needs no mention.
 *
 * @throws (the binding) Failure NAS6115 when a decision is met that the architecture does not take
 */
export function bindingOf(architecture: Architecture): Binding {
  return (decision) => {
    const options = architecture.decisions[decision.path] ?? onlySelection(decision)
    if (options) return { kind: 'fixed', options }
    throw new Failure('open-decision', {
      space: spaceWord(architecture.space),
      path: decision.path,
      options: decision.options.join(', '),
    })
  }
}

/** All options where every one must be taken, or undefined. */
export function onlySelection(decision: Decision): readonly number[] | undefined {
  const count = decision.options.length
  return (decision.arity?.least ?? 1) === count ? decision.options.map((_, index) => index) : undefined
}
