import type { ChoiceExpression, Expression } from '../../ir/model/expression.js'
import type { Ir } from '../../ir/model/ir.js'
import { definitionsOf } from '../../space/expressions/definitions.js'
import type { Decision } from '../../space/decisions/decision.js'
import { printExpression } from '../../space/expressions/print-expression.js'
import { joinPath } from '../../space/decisions/decision-scope.js'
import { baseName } from '../../space/expressions/labels.js'
import { mapParts } from '../../space/expressions/map-parts.js'
import { everyPart } from '../diagram/interval.js'
import type { AnalysisContext } from '../diagram/layer.js'
import type { StatedRequire } from './requires-of.js'

/** A name in a condition that is the path of a decision and stands for something else as well. */
export interface TwoReadings {
  readonly kind: 'two-readings'
  /** As it is written. */
  readonly expression: Expression
  readonly path: string
  readonly options: readonly string[]
  /** What else is called so. */
  readonly other: string
}

/** Where the paths of a condition are looked for, the inner block first: what they are in front of there. */
export function prefixesOf({ require, cell }: StatedRequire): readonly string[] {
  if (cell !== undefined) return [cell]
  return require.stage === undefined ? [''] : [require.stage, '']
}

/** Names in a condition that may be paths of decisions although they stand for something else. */
export function mayNameDecisions({ ir }: AnalysisContext, test: Expression): boolean {
  const labels = labelsIn(ir)
  return everyPart(test).some((part) => {
    const name = nameOf(part)
    return name !== undefined && labels.has(name)
  })
}

/**
 * A condition with decisions in place of names that are paths of them: what `nasc count` lists comes before anything else that
 * is called so. A `let` that is the choice itself is no other thing; its options are named as those of a decision.
 */
export function withDecisions(
  context: AnalysisContext,
  decisions: ReadonlyMap<string, Decision>,
  stated: StatedRequire,
  test: Expression,
): { readonly test: Expression; readonly readings: readonly TwoReadings[] } {
  const readings: TwoReadings[] = []
  const prefixes = prefixesOf(stated)
  const mapped = mapParts(test, (part) => {
    const name = nameOf(part)
    if (name === undefined) return undefined
    const decision = prefixes.flatMap((prefix) => decisions.get(joinPath(prefix, name)) ?? [])[0]
    if (!decision) return undefined
    const { path, options } = decision
    const value = valueOf(context, stated, part)
    if (!isChoiceItself(context, value, name))
      readings.push({ kind: 'two-readings', expression: part, path, options, other: describe(part, name, value) })
    else if (decision.values) return undefined
    return { kind: 'decision', path: name }
  })
  return { test: mapped, readings }
}

/** What stands for itself in an expression, as it is written. */
function nameOf(part: Expression): string | undefined {
  switch (part.kind) {
    case 'local':
    case 'param':
      return part.name
    case 'constant':
      return baseName(part.id).replace(/@.*$/, '')
    case 'operation':
      return Object.keys(part.arguments).length === 0 ? baseName(part.operation) : undefined
    case 'cost':
      return part.convention === undefined && part.variant === undefined ? part.cost : undefined
    case 'topology':
      return part.fact === 'edges' ? 'edges' : undefined
    default:
      return undefined
  }
}

function describe(part: Expression, name: string, value: Expression | undefined): string {
  switch (part.kind) {
    case 'param':
      return `the param \`${name}\``
    case 'operation':
      return `the operation \`${name}\``
    case 'cost':
      return `the cost \`${name}\``
    case 'topology':
      return 'the number of edges of the cell'
    default:
      return `\`${value ? printExpression(value) : name}\``
  }
}

function isChoiceItself({ ir }: AnalysisContext, value: Expression | undefined, name: string): boolean {
  if (value?.kind !== 'choice') return false
  const number = definitionsOf(ir).choices.get(value) ?? 1
  return name === (number === 1 ? value.label : `${value.label}[${number}]`)
}

/** What a `let` or an argument of a cell is given. */
function valueOf({ ir, space }: AnalysisContext, { cell }: StatedRequire, part: Expression): Expression | undefined {
  if (part.kind === 'constant') return ir.constants.find(({ id }) => id === part.id)?.value
  if (part.kind !== 'local') return undefined
  const use = space.cells.find(({ name }) => name === cell)
  const declaration = ir.cells.find(({ id }) => id === use?.cell)
  const parameter = declaration?.parameters.find(({ name }) => name === part.name)
  if (parameter) return use?.arguments[part.name] ?? parameter.default
  return [...space.lets, ...(declaration?.lets ?? [])].findLast(({ name }) => name === part.name)?.value
}

const labels = new WeakMap<Ir, ReadonlySet<string>>()

/** Labels of all choices of a program. */
function labelsIn(ir: Ir): ReadonlySet<string> {
  const known = labels.get(ir)
  if (known) return known
  const found = new Set<string>()
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return
    if (isChoice(part)) found.add(part.label)
    Object.values(part).forEach(visit)
  }
  visit(ir)
  labels.set(ir, found)
  return found
}

function isChoice(part: object): part is ChoiceExpression {
  return 'kind' in part && part.kind === 'choice' && 'label' in part
}
