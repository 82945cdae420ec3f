import { createDecider } from '../../space/binding/create-decider.js'
import { type Decider } from '../../space/values/decider.js'
import type { Decision } from '../../space/values/decision.js'
import type { Environment, Facts } from '../../space/values/environment.js'
import { booleanIn, evaluateArguments, delay, rootEnvironment, withLets } from '../../space/values/evaluate.js'
import { printExpression } from '../../space/values/print-expression.js'
import { innerScope } from '../../space/values/decision-scope.js'
import type { Thunk, Value } from '../../space/values/value.js'
import { Failure } from '../../catalogue/failure.js'
import type { Expression } from '../../ir/model/expression.js'
import { everyNode, type CellProgress, type StackProgress } from './cell/cell-progress.js'
import { conjuncts, everyPart, intervalOf } from '../diagram/interval.js'
import { headOf, isWithin, reachOf } from './reach.js'
import { quantityNames, type QuantityName, type AnalysisContext } from '../diagram/layer.js'
import type { Constraint, PartialArchitecture } from '../diagram/constraint.js'

/** All conditions of a space, in the order in which they are written, those of its cells behind its own. */
export function constraintsOf(context: AnalysisContext): readonly Constraint[] {
  const { space, ir } = context
  const own = space.requires.flatMap((require) => {
    return conjuncts(require.test).map((test, _, all) =>
      constraint(context, test, require, all.length > 1 ? undefined : require.text),
    )
  })
  const ofCells = space.cells.flatMap((use) => {
    const cell = ir.cells.find(({ id }) => id === use.cell)
    return (cell?.requires ?? []).flatMap((require) =>
      conjuncts(require.test).map((test, _, all) =>
        constraint(context, test, require, all.length > 1 ? undefined : require.text, use.name),
      ),
    )
  })
  return [...own, ...ofCells]
}

function constraint(
  context: AnalysisContext,
  test: Expression,
  require: object,
  text: string | undefined,
  cell?: string,
): Constraint {
  const all = everyPart(test)
  const paths = all.flatMap((part) =>
    part.kind === 'decision' ? [cell === undefined ? part.path : `${cell}.${part.path}`] : [],
  )
  const isOfGraph = all.some(({ kind }) => kind === 'topology')
  const declaration = context.ir.cells.find(
    ({ id }) => id === context.space.cells.find(({ name }) => name === cell)?.cell,
  )
  const lets = [...context.space.lets, ...(declaration?.lets ?? [])]
  const reached = [...reachOf(context.ir, [test], lets).lets]
  const namesOfCell = new Set((declaration?.lets ?? []).map(({ name }) => name))
  const places = reached.map((name) => (namesOfCell.has(name) ? `${cell ?? ''}.${name}` : name))
  const costs = [...new Set(all.flatMap((part) => (part.kind === 'cost' ? [quantityOf(part.cost, part.variant)] : [])))]
  const interval = intervalOf(context, test, ({ kind }) => kind === 'cost')
  return {
    text: text ?? printExpression(test),
    test,
    require,
    costs,
    ...(cell === undefined ? {} : { cell }),
    ...(interval ? { interval } : {}),
    needs: (path) => paths.includes(path) || places.some((place) => isWithin(path, place)),
    concerns: (layer) =>
      paths.some((path) => layer.reads(path) || layer.settles?.(path) === true) ||
      places.some((place) => layer.reads(place)) ||
      (isOfGraph && layer.cell === cell),
    holds(known) {
      for (const path of paths) {
        if (!known.decisions.has(path))
          throw unknownDecision(context, text ?? printExpression(test), path, known.decisions)
      }
      try {
        return booleanIn(environmentOf(context, known, cell), test)
      } catch (absent) {
        if (absent instanceof Absent) return true
        throw absent
      }
    },
  }
}

/** Thrown where a condition speaks of a decision that does not exist in the architecture at hand. A jump, and no failure. */
class Absent extends Error {}

function environmentOf(context: AnalysisContext, known: PartialArchitecture, cell: string | undefined): Environment {
  const decider = deciderOf(known)
  const facts: Facts = {
    decision: (path) => valueOf(known, cell === undefined ? path : `${cell}.${path}`),
    cost: (name, variant) => known.cost?.(quantityOf(name, variant)) ?? 0,
    topology: (fact) => graphFact(known, fact),
  }
  const root = withLets(
    { ...rootEnvironment(context.ir, context.options.params, decider), facts, at: context.space.name },
    context.space.lets,
  )
  const use = context.space.cells.find(({ name }) => name === cell)
  const declaration = context.ir.cells.find(({ id }) => id === use?.cell)
  if (!use || !declaration) return root
  const values = evaluateArguments({ ...root, at: use.name }, declaration.parameters, ({ name }) => {
    const supplied = use.arguments[name]
    return supplied && delay(supplied, root)
  })
  const parameters = Object.entries(values).map(([name, value]): [string, Thunk] => [name, { kind: 'known', value }])
  const scope = innerScope(root.scope, 'cell', use.name)
  return withLets({ ...root, scope, locals: { ...root.locals, ...Object.fromEntries(parameters) } }, declaration.lets)
}

function deciderOf({ selected }: PartialArchitecture): Decider {
  return createDecider(({ path }) => {
    const options = selected.get(path)
    if (!options) throw new Absent()
    return { kind: 'fixed', options }
  })
}

function valueOf({ selected, decisions }: PartialArchitecture, path: string): Value {
  const decision = decisions.get(path)
  const options = selected.get(path)
  if (!decision || !options) throw new Absent()
  const values = options.map((option) => optionValue(decision, option))
  return decision.arity ? values : (values[0] ?? false)
}

/** Numbers and booleans as they are, names of sources as strings; of an operation only how it prints matters here. */
function optionValue({ values, options, kind: what }: Decision, option: number): Value {
  const text = options[option] ?? ''
  if (values) return values[option] ?? 0
  if (text === 'true' || text === 'false') return text === 'true'
  if (what === 'from' || what === 'output' || text.startsWith('"')) return text.replace(/^"|"$/g, '')
  return { kind: 'operation', operation: { id: text, name: text, parameters: [] }, arguments: {} }
}

function graphFact({ progress }: PartialArchitecture, expression: Parameters<Facts['topology']>[0]): Value {
  // The layer at which this is asked leaves what its cell was.
  const cell: CellProgress | undefined = (progress as StackProgress | undefined)?.cell
  if (expression.fact === 'edges') return cell?.edges ?? 0
  return cell?.nodes === undefined || everyNode(expression, cell.nodes)
}

const aliases: Readonly<Record<string, QuantityName>> = { params: 'parameters', flops: 'macs' }

function quantityOf(name: string, variant: string | undefined): QuantityName {
  const found = quantityNames.find((known) => known === (aliases[name] ?? name))
  if (found && variant === undefined) return found
  throw new Failure('require-unknown-cost', {
    name: variant === undefined ? name : `${name}.${variant}`,
    names: quantityNames.join(', '),
  })
}

function unknownDecision(
  context: AnalysisContext,
  text: string,
  path: string,
  decisions: ReadonlyMap<string, Decision>,
): Failure {
  const near = [...decisions.keys()].filter((known) => headOf(known) === headOf(path)).slice(0, 12)
  const paths = (near.length > 0 ? near : [...decisions.keys()].slice(0, 12)).join(', ')
  return new Failure('require-unknown-decision', { text, space: context.space.name, path, paths })
}
