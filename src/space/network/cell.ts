import type { Expression } from '../../ir/model/expression.js'
import type { IrCell, IrNode, IrSpace } from '../../ir/model/space.js'
import { apply, type ApplicationSite } from './apply.js'
import type { MergeNode } from './network.js'
import type { NetworkBuilder } from './network-builder.js'
import type { Decider } from '../decisions/decider.js'
import type { Decision } from '../decisions/decision.js'
import { describedOptions } from '../evaluation/described-options.js'
import { ElaborationFailure } from '../limits/elaboration-failure.js'
import type { Environment } from '../evaluation/environment.js'
import { readCellParameters } from '../expressions/read-parameters.js'
import {
  argumentThunk,
  delay,
  evaluateArguments,
  evaluateIn,
  integerIn,
  steering,
  withLets,
} from '../evaluation/evaluate.js'
import { optionLabel } from '../decisions/option-label.js'
import { nothingToMerge } from './merged-shape.js'
import { innerScope, joinPath } from '../decisions/decision-scope.js'
import { decisionBetween, edgesOf, sourceNames, type Edge } from './sources.js'
import type { Thunk, Value } from '../evaluation/value.js'

export type CellUse = IrSpace['cells'][number]

/** What a cell is built into. */
export interface CellContext {
  readonly builder: NetworkBuilder
  readonly decider: Decider
  /** Environment of the space; its place has `standalone` and `classes`. */
  readonly space: Environment
  /** Path of this copy, `cells[3]`. */
  readonly copy: string
  readonly channels: number
  /** One node of the network per input of the cell, oldest first. */
  readonly inputs: readonly number[]
  /** One set of weights and one evaluation per map and operation, instead of one per edge. */
  readonly shareFeatures?: boolean
  /** Parameters are chosen where they are used, and not before whatever in the cell may hang on them. */
  readonly delaysParameters?: true
}

/** A copy of a cell under construction: its parts can be built one by one. */
export interface CellParts {
  /** Feature maps by name: the inputs, and every node so far. Undefined: a node that reads nothing, and so is not there. */
  readonly states: Map<string, number | undefined>
  readonly families: Map<string, readonly string[]>
  /** What expressions see on an edge from this map: `in` is its number of channels, the inputs of the cell are known by name. */
  readonly environmentOn: (input: number) => Environment
  /** What happens to an input before the nodes see it. */
  prepared(name: string, through: Expression): number
  /** A source as the operations on its edge to a node see it. */
  projected(node: IrNode, name: string, source: string): number
  /** The end of one edge. `decision` is the one of its inputs, needed where operations are part of the edge. */
  edgeEnd(node: IrNode, name: string, edge: Edge, decision: Decision | undefined): number
  /** One map of the further term number `index` of the output, asked for as many channels as the merged states have. */
  term(index: number, through: Expression, id: number, number: number, wide: number): number
}

/** Values of the parameters that a cell reads, in the environment of the space, which makes the choices in them. */
export function cellParameters(environment: Environment, use: CellUse, cell: IrCell): Readonly<Record<string, Thunk>> {
  const read = readCellParameters(environment.definitions, cell, (name) => use.arguments[name] !== undefined)
  // They are known before whatever in the cell may hang on them.
  const values = steering(environment, true, () =>
    evaluateArguments(environment, read, ({ name }) => {
      const supplied = use.arguments[name]
      return supplied && delay(supplied, environment)
    }),
  )
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { kind: 'known', value }]))
}

/** The same, each evaluated only where it is used: what a condition does not speak of need not be chosen. */
export function delayedCellParameters(
  environment: Environment,
  use: CellUse,
  { parameters }: IrCell,
): Readonly<Record<string, Thunk>> {
  const locals: Record<string, Thunk> = {}
  for (const parameter of parameters) {
    const supplied = use.arguments[parameter.name]
    const thunk = argumentThunk(environment, parameter, supplied && delay(supplied, environment), locals)
    if (thunk) locals[parameter.name] = thunk
  }
  return locals
}

/** Opens a copy of a cell; its states are its inputs. */
export function openCell(context: CellContext, use: CellUse, cell: IrCell): CellParts {
  const { builder, decider, space, copy } = context
  const scope = { ...innerScope(space.scope, 'cell', use.name), copy }
  const states = new Map<string, number | undefined>(inputStates(context, cell))
  const families = new Map<string, readonly string[]>()
  const environmentOn = environmentsOf(context, use, cell, states)

  const siteOn = (
    input: number,
    path: string,
    overrides = new Map<string, Value>(),
    environment = environmentOn(input),
  ): ApplicationSite => ({ builder, decider, environment, input, path, overrides })
  const state = (name: string): number => {
    const id = states.get(name)
    if (id === undefined) throw new Error(`${copy} has no state ${name}`)
    return id
  }
  const pathOfEdge = (name: string, source: string): string =>
    context.shareFeatures === true ? `${copy}.${source}` : `${copy}.${name}.${source}`
  const within = (node: IrNode, name: string, at: number): Environment =>
    inNode(environmentOn(at), node, joinPath(use.name, name))
  const projected = (node: IrNode, name: string, source: string): number => {
    const input = state(source)
    if (!node.project || !cell.inputs.includes(source)) return input
    const path = `${pathOfEdge(name, source)}.project`
    return apply(siteOn(input, path, new Map(), within(node, name, input)), node.project)
  }

  return {
    states,
    families,
    environmentOn,
    projected,
    prepared(name, through) {
      const path = `${copy}.prepare.${name}`
      const prepareSite = siteOn(state(name), path)
      const prepareScope = innerScope(scope, 'edge', joinPath(use.name, 'prepare'), `[${name}]`)
      return apply({ ...prepareSite, environment: { ...prepareSite.environment, scope: prepareScope } }, through)
    },
    edgeEnd(node, name, edge, decision) {
      const { source } = edge
      const input = projected(node, name, source)
      const environment = within(node, name, input)
      const overrides = overridesOn(node, source, families, environment)
      const base = siteOn(input, pathOfEdge(name, source), overrides, environment)
      const edgeScope = innerScope(scope, 'edge', joinPath(use.name, name), `[${source}]`)
      const edgeSite = { ...base, environment: { ...base.environment, scope: edgeScope } }
      const output =
        edge.operations && decision ? connections(edgeSite, edge.operations, decision) : apply(edgeSite, node.through)
      return builder.edge(`${copy}.${name}.${source}`, joinPath(use.name, name), source, output, output !== input)
    },
    term(index, through, id, number, wide) {
      const base = siteOn(id, `${copy}.output.plus[${index + 1}][${number + 1}]`)
      const { environment } = base
      return apply(
        { ...base, environment: { ...environment, surroundings: { ...environment.surroundings, channels: wide } } },
        through,
      )
    },
  }
}

/** What arrives, by the names of the inputs. @throws ElaborationFailure if less arrives than the cell has inputs */
function inputStates({ copy, inputs }: CellContext, cell: IrCell): readonly (readonly [string, number])[] {
  return cell.inputs.map((name, index) => {
    const input = inputs[index]
    if (input !== undefined) return [name, input]
    throw new ElaborationFailure(copy, 'too-few-inputs', {
      cell: cell.name,
      inputs: cell.inputs.length,
      available: inputs.length,
    })
  })
}

/** The environments of a copy of a cell, by what they depend on: the maps behind the names of the inputs, and the number of channels. */
function environmentsOf(
  { builder, space, copy, channels, delaysParameters }: CellContext,
  use: CellUse,
  cell: IrCell,
  states: ReadonlyMap<string, number | undefined>,
): CellParts['environmentOn'] {
  const scope = { ...innerScope(space.scope, 'cell', use.name), copy }
  const parameters = (delaysParameters ? delayedCellParameters : cellParameters)({ ...space, at: copy }, use, cell)
  const environments = new Map<string, Environment>()
  const newEnvironmentOn = (input: number, read: readonly number[]): Environment => {
    const maps = Object.fromEntries(cell.inputs.map((name, index) => [name, builder.shape(read[index] ?? input)]))
    const environment: Environment = {
      ...space,
      scope,
      at: copy,
      locals: { ...space.locals, ...parameters },
      surroundings: { ...space.surroundings, channels, in: builder.shape(input).channels },
      maps,
    }
    return withLets(environment, cell.lets)
  }
  return (input) => {
    const read = cell.inputs.map((name) => states.get(name) ?? input)
    const key = `${read.join()} ${builder.shape(input).channels}`
    const environment = environments.get(key) ?? newEnvironmentOn(input, read)
    environments.set(key, environment)
    return environment
  }
}

/** Arguments that a node states for the operation on the edge from a source. */
function overridesOn(
  node: IrNode,
  source: string,
  families: ReadonlyMap<string, readonly string[]>,
  environment: Environment,
): Map<string, Value> {
  const onSource = node.overrides.filter(({ on }) =>
    on.some((name) => name === source || families.get(name)?.includes(source)),
  )
  return new Map(onSource.map(({ parameter, value }) => [parameter, evaluateIn(environment, value)]))
}

/** What the expressions of a node see: the lets of the cell, and its own, whose choices are made once in this node. */
export function inNode(cell: Environment, { lets }: IrNode, path: string): Environment {
  if (!lets) return cell
  return { ...withLets({ ...cell, scope: innerScope(cell.scope, 'edge', path) }, lets), scope: cell.scope }
}

/** Builds one copy of a cell and gives the id of its output. */
export function buildCell(context: CellContext, use: CellUse, cell: IrCell): number {
  const { builder, decider, copy } = context
  const parts = openCell(context, use, cell)
  const { states, families, environmentOn } = parts
  const first = states.get(cell.inputs[0] ?? '') ?? 0
  const prepared = cell.prepare.flatMap(({ inputs, through }) =>
    inputs.map((name) => [name, parts.prepared(name, through)] as const),
  )
  for (const [name, id] of prepared) states.set(name, id)

  for (const node of cell.nodes) {
    const environment = environmentOn(states.get(cell.inputs[0] ?? '') ?? first)
    const members: string[] = []
    families.set(node.name, members)
    for (const name of nodeNames(node, environment)) {
      const inside = inNode(environment, node, joinPath(use.name, name))
      const { edges, decision } = edgesOf(inside, node, name, { byName: states, families })
      members.push(name)
      const present = edges.filter(({ source }) => states.get(source) !== undefined)
      const ends = present.map((edge) =>
        buildInside(decider, { decision, option: edge.option }, () => parts.edgeEnd(node, name, edge, decision)),
      )
      const relaxed = decision && relaxedEdges(decider, decision, present, copy)
      // A node that reads nothing is not there, and whoever would read it does without it.
      states.set(
        name,
        ends.length > 0 ? builder.merge(`${copy}.${name}`, node.merge, ends, relaxed && { relaxed }) : undefined,
      )
    }
  }

  const { output } = cell
  const environment = environmentOn(states.get(cell.inputs[0] ?? '') ?? first)
  const members = (of: readonly string[], arity: typeof output.arity, what: string): readonly OutputMember[] => {
    const names = outputNames(parts, of, copy)
    const decision =
      arity && decisionBetween(environment, joinPath(use.name, what), 'output', arity, { options: names })
    const taken = decision ? decider.several(decision, environment.scope.copy) : names.keys()
    return [...taken].flatMap((option) => {
      const id = states.get(names[option] ?? '')
      return id === undefined ? [] : [{ id, decision, option }]
    })
  }
  const main = members(output.of, output.arity, 'output').map(({ id }) => id)
  const merged = main.length > 0 ? [builder.merge(`${copy}.output`, output.merge, main)] : []
  // Where nothing is merged, further terms are as wide as the cell is asked to be.
  const wide = merged.reduce((_, id) => builder.shape(id).channels, context.channels)
  const terms = (output.plus ?? []).flatMap(({ of, through, arity }, index) =>
    members(of, arity, `output.plus[${index + 1}]`).map((member, number) =>
      buildInside(decider, member, () => parts.term(index, through, member.id, number, wide)),
    ),
  )
  const summed = [...merged, ...terms]
  if (summed.length === 0) throw nothingToMerge(`${copy}.output`, 'the output')
  return builder.merge(`${copy}.output.plus`, 'sum', summed)
}

/** By which option of a choice between maps something is taken; there is no decision where all are. */
interface TakenOption {
  readonly decision: Decision | undefined
  readonly option: number | undefined
}

/** A map that an output takes. */
interface OutputMember extends TakenOption {
  readonly id: number
}

/** What is built of a map that is taken stands inside of the option. */
function buildInside(decider: Decider, { decision, option }: TakenOption, build: () => number): number {
  return decision && option !== undefined ? decider.within(decision, option, build) : build()
}

/** The options that the edges of a node are, where their choice is relaxed. */
function relaxedEdges(
  decider: Decider,
  decision: Decision,
  edges: readonly Edge[],
  copy: string,
): MergeNode['relaxed'] {
  if (decider.bound(decision, copy).kind !== 'mix') return undefined
  const options = edges.flatMap(({ option }) => option ?? [])
  return options.length === edges.length ? { decision: decision.path, options } : undefined
}

/** Names of the maps that a term of the output takes, families unfolded. */
export function outputNames(parts: CellParts, of: readonly string[], copy: string): readonly string[] {
  const { states, families } = parts
  return of.flatMap((name) => families.get(name) ?? sourceNames({ byName: states, families }, [name], copy))
}

/** `n1` … `n4` of `n[1..4]`. */
export function nodeNames(node: IrNode, environment: Environment): readonly string[] {
  if (!node.family) return [node.name]
  const { from: first, to: last } = node.family
  const [from, to] = steering(environment, true, () => [integerIn(environment, first), integerIn(environment, last)])
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => `${node.name}${from + index}`)
}

/** Several operations on one edge: mixed where the decision is, otherwise their sum. */
function connections(site: ApplicationSite, operations: NonNullable<Edge['operations']>, decision: Decision): number {
  const { options, values, mixed } = operations
  const described = describedOptions(values)
  const ends = options.map((option) => {
    const index = option % values.length
    const value = values[index]
    if (value === undefined) throw new Error(`${decision.path} has no option ${option}`)
    const label = optionLabel(described, index)
    const local: Thunk = { kind: 'known', value }
    const environment = { ...site.environment, locals: { ...site.environment.locals, [label]: local } }
    const build = (): number =>
      apply({ ...site, environment, overrides: new Map(site.overrides) }, { kind: 'local', name: label })
    return site.decider.within(decision, option, build)
  })
  return mixed
    ? site.builder.mix(`${site.path}.mix`, decision.path, options, ends)
    : site.builder.merge(`${site.path}.sum`, 'sum', ends)
}
