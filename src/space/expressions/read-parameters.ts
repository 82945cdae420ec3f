import type { Expression } from '../../ir/model/expression.js'
import type { IrOperation, IrParameter } from '../../ir/model/operation.js'
import type { IrCell } from '../../ir/model/space.js'
import { memoizePairs } from '../../support/memoize.js'
import { childrenOf } from './children.js'
import type { Definitions } from './definitions.js'

/**
 * Parameters that an operation reads where it is put: all that a primitive has, and what is spoken of in the body of a composed
 * one, other than to hand it on to an operation that does not read it, or in the default of one that is read.
 *
 * A choice in an argument for another one is no choice, as in a `let` that nothing reads.
 *
 * @param isGiven whether there is an argument, so that the default says nothing
 */
export function readParameters(
  definitions: Definitions,
  { parameters, body }: IrOperation,
  isGiven: (parameter: string) => boolean,
): readonly IrParameter[] {
  if (!body) return parameters
  return withDefaults(definitions, parameters, isGiven, localsIn(definitions, body))
}

/** The same of a cell: what its nodes, its output and its `require`s speak of, through the lets that these read. */
export function readCellParameters(
  definitions: Definitions,
  cell: IrCell,
  isGiven: (parameter: string) => boolean,
): readonly IrParameter[] {
  return withDefaults(definitions, cell.parameters, isGiven, namesInCell(definitions, cell))
}

function withDefaults(
  definitions: Definitions,
  parameters: readonly IrParameter[],
  isGiven: (parameter: string) => boolean,
  names: ReadonlySet<string>,
): readonly IrParameter[] {
  if (parameters.every(({ name }) => names.has(name))) return parameters
  // A default may speak of parameters before its own.
  const all = new Set(names)
  for (const { name, default: value } of parameters.toReversed()) {
    if (all.has(name) && value && !isGiven(name)) addAll(all, localsIn(definitions, value))
  }
  return parameters.filter(({ name }) => all.has(name))
}

const namesInCell = memoizePairs((definitions: Definitions, cell: IrCell): ReadonlySet<string> => {
  const { prepare, nodes, output, requires, lets } = cell
  const parts: readonly (Expression | undefined)[] = [
    ...prepare.map(({ through }) => through),
    ...nodes.flatMap(({ family, lets: own = [], from, through, overrides, project }) => [
      family?.from,
      family?.to,
      ...own.map(({ value }) => value),
      ...(from.kind === 'all' ? [] : [from.arity.least, from.arity.most]),
      from.kind === 'connections' ? from.operations : undefined,
      through,
      ...overrides.map(({ value }) => value),
      project,
    ]),
    output.arity?.least,
    output.arity?.most,
    ...(output.plus ?? []).flatMap(({ through, arity }) => [through, arity?.least, arity?.most]),
    ...requires.map(({ test }) => test),
  ]
  const names = new Set(parts.flatMap((part) => (part ? [...localsIn(definitions, part)] : [])))
  // A let may speak of lets before its own.
  for (const { name, value } of lets.toReversed()) if (names.has(name)) addAll(names, localsIn(definitions, value))
  return names
})

const ofExpressions = new WeakMap<Expression, ReadonlySet<string>>()

/** Names bound nearby that are read in an expression. */
function localsIn(definitions: Definitions, expression: Expression): ReadonlySet<string> {
  const known = ofExpressions.get(expression)
  if (known) return known
  const names = new Set<string>()
  if (expression.kind === 'local') names.add(expression.name)
  // In a `require`, a path may begin with a parameter.
  if (expression.kind === 'decision') names.add(expression.path.replace(/[.[].*$/, ''))
  if (expression.kind === 'for') {
    addAll(names, localsIn(definitions, expression.body))
    for (const binding of expression.bindings.toReversed()) {
      names.delete(binding.name)
      addAll(names, localsIn(definitions, binding.in))
    }
  } else for (const part of partsRead(definitions, expression)) addAll(names, localsIn(definitions, part))
  ofExpressions.set(expression, names)
  return names
}

function partsRead(definitions: Definitions, expression: Expression): readonly Expression[] {
  const operation = expression.kind === 'operation' ? definitions.operations.get(expression.operation) : undefined
  if (expression.kind !== 'operation' || !operation) return childrenOf(expression)
  const supplied = expression.arguments
  return readParameters(definitions, operation, (name) => supplied[name] !== undefined).flatMap(
    ({ name }) => supplied[name] ?? [],
  )
}

function addAll(names: Set<string>, more: ReadonlySet<string>): void {
  for (const name of more) names.add(name)
}
