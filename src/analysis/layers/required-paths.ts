import type { AggregateExpression, DecisionExpression, Expression } from '../../ir/model/expression.js'
import type { Decision } from '../../space/decisions/decision.js'
import { childrenOf } from '../../space/expressions/children.js'
import type { AggregatePlace } from '../diagram/aggregate.js'
import { evaluateIn } from '../../space/evaluation/evaluate.js'
import { decisionTree } from '../diagram/decision-tree.js'
import { everyPart } from '../diagram/interval.js'
import type { AnalysisContext } from '../diagram/layer.js'
import { joinPath } from '../../space/decisions/decision-scope.js'
import { isWithin, reachOf } from './reach.js'
import { prefixesOf, type TwoReadings } from './required-names.js'
import type { StatedRequire } from './requires-of.js'
import { optionFaults, type OptionFault } from './required-options.js'
import {
  derivedEnvironment,
  derivedPaths,
  requiredValue,
  type DerivedValue,
  type RequiredValue,
} from './required-value.js'

/** All decisions of a space, by path. */
export type Decisions = ReadonlyMap<string, Decision>

/** What is wrong with the paths of a condition, each at the expression where it stands. */
export type RequireFault =
  | { readonly kind: 'unknown'; readonly expression: DecisionExpression; readonly near: readonly string[] }
  | { readonly kind: 'several'; readonly expression: DecisionExpression; readonly paths: readonly string[] }
  | { readonly kind: 'unlike-places'; readonly expression: DecisionExpression; readonly other: DecisionExpression }
  | { readonly kind: 'nothing'; readonly expression: AggregateExpression }
  | TwoReadings
  | OptionFault

/** Whether it may come of a rewrite: what the condition speaks of was there before. It holds or not all the same. */
export function isOutdated({ kind }: RequireFault): boolean {
  return kind === 'no-option' || kind === 'nothing'
}

/** What the paths of one condition stand for. */
export interface RequiredPaths {
  readonly valueOf: (expression: DecisionExpression) => RequiredValue | undefined
  /** Decisions that must be known when it is tested. */
  readonly paths: ReadonlySet<string>
  readonly aggregates: ReadonlyMap<AggregateExpression, readonly AggregatePlace[]>
  readonly faults: readonly RequireFault[]
}

/** A part of what is required. */
export interface StatedTest extends StatedRequire {
  readonly test: Expression
}

export function requiredPaths(context: AnalysisContext, decisions: Decisions, stated: StatedTest): RequiredPaths {
  const { test, cell } = stated
  const values = requiredValues(context, decisions, stated)
  const namedPlaces = placesSeen(context, cell)
  /** Decisions that an expression may ask for, those of aggregates and of plural paths left aside. */
  const pathsOf = (expression: Expression): readonly string[] => {
    if (expression.kind === 'aggregate') return []
    const own = ownPaths(context, decisions, expression, values, namedPlaces)
    return [...own, ...childrenOf(expression).flatMap(pathsOf)]
  }
  const faults: RequireFault[] = []
  const aggregates = new Map<AggregateExpression, readonly AggregatePlace[]>()
  const visit = (expression: Expression, isInAggregate: boolean): void => {
    if (expression.kind === 'decision') {
      const value = values.get(expression)
      if (!value)
        faults.push({
          kind: 'unknown',
          expression,
          near: [...new Set([...decisions.keys(), ...derivedPaths(context)])],
        })
      else if (value.kind === 'decisions' && value.isPlural && !isInAggregate)
        faults.push({ kind: 'several', expression, paths: [...value.places.keys()] })
    }
    if (expression.kind === 'aggregate' && !isInAggregate) {
      const { places, fault } = placesOf(expression, values, pathsOf(expression.of))
      aggregates.set(expression, places)
      if (fault) faults.push(fault)
    }
    for (const child of childrenOf(expression)) visit(child, isInAggregate || expression.kind === 'aggregate')
  }
  visit(test, false)
  faults.push(
    ...optionFaults(context, test, (expression) => {
      const value = values.get(expression)
      return value?.kind === 'decisions' ? [...value.places.keys()].flatMap((path) => decisions.get(path) ?? []) : []
    }),
  )
  return { valueOf: (expression) => values.get(expression), paths: new Set(pathsOf(test)), aggregates, faults }
}

type RequiredValues = ReadonlyMap<DecisionExpression, RequiredValue | undefined>

/** What each path stands for; behind `in` (`skip in normal.n1`) that may be whatever is decided in a part. */
function requiredValues(context: AnalysisContext, decisions: Decisions, stated: StatedTest): RequiredValues {
  const parts = everyPart(stated.test)
  const prefixes = prefixesOf(stated)
  const sets = new Set(parts.flatMap((part) => (part.kind === 'binary' && part.operator === 'in' ? [part.right] : [])))
  return new Map(
    parts.flatMap((part) => {
      if (part.kind !== 'decision') return []
      const paths = prefixes.map((prefix) => joinPath(prefix, part.path))
      const value = requiredValue(context, decisions.keys(), paths)
      if (!sets.has(part) || !isNothing(value)) return [[part, value] as const]
      // `skip in normal.n1` speaks of all that is decided there, `3 in kernel` of one decision.
      const isPart = part.path.endsWith('.*')
      const others = paths.map((path) => (isPart ? path.slice(0, -2) : `${path}.*`))
      const other = requiredValue(context, decisions.keys(), others)
      return [[part, isNothing(other) ? value : other] as const]
    }),
  )
}

function isNothing(value: RequiredValue | undefined): boolean {
  return !value || (value.kind === 'decisions' && value.places.size === 0)
}

/** Where decisions are made that a name leads to: in a let of the space, of the cell, in an argument of the cell. */
type PlacesOf = (expression: Expression) => readonly string[]

function placesSeen({ ir, space }: AnalysisContext, cell: string | undefined): PlacesOf {
  const ofSpace = (roots: readonly Expression[]): readonly string[] => [...reachOf(ir, roots, space.lets).lets]
  const use = space.cells.find(({ name }) => name === cell)
  const declaration = ir.cells.find(({ id }) => id === use?.cell)
  if (!use || !declaration) return (expression) => ofSpace([expression])
  const { parameters, lets } = declaration
  const leaves = parameters.map(({ name }) => ({ name, value: { kind: 'boolean', value: true } as const }))
  return (expression) => {
    const reached = [...reachOf(ir, [expression], [...leaves, ...lets]).lets]
    const isOfCell = (name: string): boolean => lets.some((each) => each.name === name)
    const read = parameters.filter(({ name }) => reached.includes(name))
    const given = read.flatMap(({ name, default: value }) => use.arguments[name] ?? value ?? [])
    // What an argument or the file chooses is chosen in the space.
    return [...reached.map((name) => (isOfCell(name) ? joinPath(use.name, name) : name)), ...ofSpace(given)]
  }
}

function ownPaths(
  context: AnalysisContext,
  decisions: Decisions,
  expression: Expression,
  values: RequiredValues,
  placesOf: PlacesOf,
): readonly string[] {
  const within = (places: readonly string[]): readonly string[] =>
    [...decisions.keys()].filter((path) => places.some((place) => isWithin(path, place)))
  if (expression.kind === 'local' || expression.kind === 'constant') return within(placesOf(expression))
  const value = expression.kind === 'decision' ? values.get(expression) : undefined
  if (value?.kind === 'decisions') return value.isPlural ? [] : [...value.places.keys()]
  return value?.kind === 'derived' ? askedFor(context, value) : []
}

/** The decisions that a value is computed from, whatever they take. */
function askedFor(context: AnalysisContext, value: DerivedValue): readonly string[] {
  const tree = decisionTree((decider) =>
    evaluateIn(derivedEnvironment(context.environment(decider), value), value.expression),
  )
  const paths = tree.paths(() => undefined).flatMap(({ selections }) => selections.map(({ decision }) => decision.path))
  return [...new Set(paths)]
}

/** The places that an aggregate goes through: those of its plural paths, which must be the same for all of them. */
function placesOf(
  aggregate: AggregateExpression,
  values: RequiredValues,
  fixed: readonly string[],
): { readonly places: readonly AggregatePlace[]; readonly fault?: RequireFault } {
  const spoken = everyPart(aggregate.of).flatMap((part) => {
    const value = part.kind === 'decision' ? values.get(part) : undefined
    return part.kind === 'decision' && value ? [{ expression: part, value }] : []
  })
  const plural = spoken.flatMap(({ expression, value }) =>
    value.kind === 'decisions' && value.isPlural ? [{ expression, places: value.places }] : [],
  )
  const [first, ...others] = plural
  if (plural.length > 0 && plural.every(({ places }) => places.size === 0))
    return { places: [], fault: { kind: 'nothing', expression: aggregate } }
  if (!first) {
    const hasUnknown = everyPart(aggregate.of).some((part) => part.kind === 'decision' && !values.get(part))
    if (spoken.length === 0 && !hasUnknown && fixed.length === 0)
      return { places: [], fault: { kind: 'nothing', expression: aggregate } }
    return { places: [{ at: '', paths: fixed }] }
  }
  const byPlace = new Map<string, string[]>()
  for (const { places } of plural) {
    for (const [path, place] of places) byPlace.set(place, [...(byPlace.get(place) ?? []), path])
  }
  const shared = new Set(first.places.values())
  const apart = others.find(({ places }) => ![...places.values()].some((place) => shared.has(place)))
  return {
    places: [...byPlace].map(([at, paths]) => ({ at, paths: [...paths, ...fixed] })),
    ...(apart ? { fault: { kind: 'unlike-places', expression: apart.expression, other: first.expression } } : {}),
  }
}
