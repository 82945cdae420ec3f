import type { Bound } from '../decisions/binding.js'
import type { Decision } from '../decisions/decision.js'
import { plural } from '../../support/format-quantity.js'
import { ElaborationFailure } from '../limits/elaboration-failure.js'

/** What a decision is bound to, once it is sure that the decision has these options and may take as many. */
export function checkedBound(decision: Decision, bound: Bound): Bound {
  const options = optionsNamed(bound)
  const outside = options.find(
    (option) => !(Number.isInteger(option) && option >= 0 && option < decision.options.length),
  )
  if (outside !== undefined)
    throw misbound(decision, `has ${plural(decision.options.length, 'option')} and is bound to number ${outside}`)
  if (new Set(options).size !== options.length) throw misbound(decision, 'is bound to the same option twice')
  const { arity } = decision
  if (bound.kind === 'fixed' && arity && (options.length < arity.least || options.length > arity.most)) {
    const { least, most } = arity
    const range = least === most ? plural(least, 'option') : `${least} to ${most} options`
    throw misbound(decision, `takes ${range}, and ${options.length === 1 ? '1 is' : `${options.length} are`} given`)
  }
  return bound
}

/** Options that a bound names. */
function optionsNamed(bound: Bound): readonly number[] {
  switch (bound.kind) {
    case 'fixed':
      return bound.options
    case 'mix':
      return bound.options ?? []
    case 'slice':
      return [bound.option]
    default:
      return []
  }
}

/** What is wrong with a decision that several places share and that does not have as many options here as it had before. */
export function unequalOptions(before: Decision, here: Decision): ElaborationFailure | undefined {
  const [count, other] = [here.options.length, before.options.length]
  if (count === other) return undefined
  return new ElaborationFailure(here.path, 'unequal-options', {
    count: `${count} ${count === 1 ? 'option' : 'options'}`,
    options: here.options.join(', '),
    before: other,
    known: before.options.join(', '),
  })
}

/** The option of a decision that takes exactly one. */
export function onlyOption(decision: Decision, options: readonly number[]): number {
  const [option] = options
  if (option === undefined || options.length !== 1)
    throw misbound(decision, `takes one option, and ${options.length} are given`)
  return option
}

/** The options of a decision that takes several: all of them where it is mixed. */
export function severalOptions(decision: Decision, bound: Bound): readonly number[] {
  switch (bound.kind) {
    case 'fixed':
      return bound.options
    case 'mix':
      return bound.options ?? decision.options.map((_, index) => index)
    default:
      throw misbound(decision, `takes several options and cannot be bound by \`${bound.kind}\``)
  }
}

/** Index of the largest value among the options of a number. @throws ElaborationFailure if they are no numbers. */
export function largestOption(decision: Decision): number {
  const { values } = decision
  if (!values || values.length === 0) {
    throw misbound(decision, 'is a choice between things without an order, and only numbers have a largest one')
  }
  return values.reduce((best, value, index) => (value > (values[best] ?? -Infinity) ? index : best), 0)
}

export function sameBound(a: Bound, b: Bound): boolean {
  if (a === b) return true
  if (a.kind === 'fixed') return b.kind === 'fixed' && sameOptions(a.options, b.options)
  if (a.kind === 'mix') return b.kind === 'mix' && (a.options === b.options || sameOptions(a.options, b.options))
  if (a.kind === 'slice')
    return b.kind === 'slice' && a.option === b.option && (a.transform ?? false) === (b.transform ?? false)
  return a.kind === b.kind
}

function sameOptions(a: readonly number[] | undefined, b: readonly number[] | undefined): boolean {
  return a !== undefined && a.length === b?.length && a.every((each, i) => each === b[i])
}

function misbound(decision: Decision, what: string): ElaborationFailure {
  return new ElaborationFailure(decision.path, 'meaningless-binding', { what, options: decision.options.join(', ') })
}
