import type { BinaryExpression, DecisionExpression, Expression } from '../../ir/model/expression.js'
import type { Decision } from '../../space/decisions/decision.js'
import { ElaborationFailure } from '../../space/limits/elaboration-failure.js'
import { evaluateIn, rootEnvironment, withLets } from '../../space/evaluation/evaluate.js'
import { printExpression } from '../../space/expressions/print-expression.js'
import { printValue, settledText } from '../../space/evaluation/print-value.js'
import { sameValue } from '../../space/evaluation/sets.js'
import { isList, type OperationValue, type Value } from '../../space/evaluation/value.js'
import { everyPart } from '../diagram/interval.js'
import type { AnalysisContext } from '../diagram/layer.js'

/** What is compared with a decision and is none of its options. */
export interface OptionFault {
  readonly kind: 'no-option'
  readonly expression: Expression
  readonly value: Value
  readonly path: string
  /** All that the path stands for. */
  readonly decisions: readonly Decision[]
}

/** How an option is listed, among which others. */
interface ListedOption {
  readonly text: string
  readonly options: readonly string[]
}

const listed = new WeakMap<object, ListedOption>()
const operations = new WeakMap<readonly string[], Map<string, OperationValue>>()

/** An operation that a decision takes, known by how it is listed. */
function listedOperation(text: string, options: readonly string[]): OperationValue {
  const known = operations.get(options) ?? new Map<string, OperationValue>()
  operations.set(options, known)
  const before = known.get(text)
  if (before) return before
  const value: OperationValue = {
    kind: 'operation',
    operation: { id: text, name: text, parameters: [] },
    arguments: {},
  }
  listed.set(value, { text, options })
  known.set(text, value)
  return value
}

/** Numbers and booleans as they are, names of sources and strings as strings; of an operation only how it is listed matters here. */
export function optionValue({ kind, values, options }: Decision, option: number): Value {
  const text = options[option] ?? ''
  if (values) return values[option] ?? 0
  if (text === 'true' || text === 'false') return text === 'true'
  if (kind === 'from' || kind === 'output' || text.startsWith('"')) return text.replace(/^"|"$/g, '')
  return listedOperation(text, options)
}

/** Whether two values are the same, where one of them may name an option as it is listed. */
export function isSameOption(a: Value, b: Value): boolean {
  const [first, second] = [listedOption(a), listedOption(b)]
  if (first && second) return first.text === second.text
  if (first) return names(b, first)
  if (second) return names(a, second)
  if (!isList(a) || !isList(b)) return sameValue(a, b)
  return a.length === b.length && a.every((each) => b.some((other) => isSameOption(each, other)))
}

function listedOption(value: Value): ListedOption | undefined {
  return typeof value === 'object' ? listed.get(value) : undefined
}

/**
 * As an option prints, without what is open in it, or in quotes. An operation without arguments names those that have some, where
 * no option is just that.
 */
function names(value: Value, { text, options }: ListedOption): boolean {
  if (typeof value === 'string') return value === text
  const own = [printValue(value), settledText(value)]
  if (own.includes(text)) return true
  const isBare = typeof value === 'object' && 'kind' in value && value.kind === 'operation' && isEmpty(value.arguments)
  return isBare && !options.some((option) => own.includes(option)) && text.startsWith(`${own[0] ?? ''}(`)
}

function isEmpty(record: object): boolean {
  return Object.keys(record).length === 0
}

/** Whatever is compared with decisions and cannot be one of their options: numbers with numbers aside. */
export function optionFaults(
  context: AnalysisContext,
  test: Expression,
  decisionsOf: (expression: DecisionExpression) => readonly Decision[],
): readonly OptionFault[] {
  return everyPart(test).flatMap((part): OptionFault[] => {
    const compared = part.kind === 'binary' ? comparedIn(part) : undefined
    if (!compared) return []
    const decisions = decisionsOf(compared.decision)
    if (decisions.length === 0) return []
    const path = printExpression(compared.decision)
    const expressions = compared.other.kind === 'set' ? compared.other.items : [compared.other]
    return expressions.flatMap((expression) => {
      const value = fixedValue(context, expression)
      if (value === undefined) return []
      const strange = (isList(value) ? value : [value]).filter((each) => !mayBeTaken(decisions, each))
      return strange.map((each): OptionFault => ({ kind: 'no-option', expression, value: each, path, decisions }))
    })
  })
}

/** Whether one of the decisions may come to a value: any number may where numbers are taken. */
export function mayBeTaken(decisions: readonly Decision[], value: Value): boolean {
  return decisions.some((decision) => {
    if (decision.values) return typeof value === 'number'
    return decision.options.some((_, option) => isSameOption(optionValue(decision, option), value))
  })
}

function comparedIn({
  operator,
  left,
  right,
}: BinaryExpression): { readonly decision: DecisionExpression; readonly other: Expression } | undefined {
  if (operator !== '==' && operator !== '!=' && operator !== 'in') return undefined
  if (left.kind === 'decision') return { decision: left, other: right }
  return right.kind === 'decision' ? { decision: right, other: left } : undefined
}

/** The value of what does not hang on the architecture. */
function fixedValue(context: AnalysisContext, expression: Expression): Value | undefined {
  const environment = withLets(rootEnvironment(context.ir, context.options.params), context.space.lets)
  try {
    return evaluateIn(environment, expression)
  } catch (failure) {
    if (failure instanceof ElaborationFailure) return undefined
    throw failure
  }
}
