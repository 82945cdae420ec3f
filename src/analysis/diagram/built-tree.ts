import type { BuilderOptions, NetworkBuilder } from '../../space/network/network-builder.js'
import { createDecider } from '../../space/binding/create-decider.js'
import { type Decider } from '../../space/decisions/decider.js'
import { Fork } from '../../space/decisions/decider.js'
import { type ReachedDecision } from '../../space/decisions/decider.js'
import { ElaborationFailure } from '../../space/limits/elaboration-failure.js'
import type { NetworkNode } from '../../space/network/network.js'
import { decisionTree, type DecisionTree, type Selection, type TreePath } from './decision-tree.js'
import { sum, type AnalysisContext, type MixedBuild, type Outcome } from './layer.js'
import { operationsTo, SharedBranches } from './operation-sequence.js'

interface Built {
  readonly builder: NetworkBuilder
  readonly end: number
}

type Build = (decider: Decider, options: BuilderOptions) => Built

/** What tells a part of a space from others. */
interface Part {
  /** Of the network, as it stands in the IR. */
  readonly item: object
  /** Everything else that it depends on. */
  readonly key: string
}

/** More paths than this are not listed at once. */
const maxListedPaths = 4096

/**
 * What a part of a network is under every answer to the decisions in it. Where they are choices between things of one shape,
 * the part is built once with all alternatives in it, and each path is read off that: its own alternatives, and no others.
 * Otherwise it is built anew for every path.
 *
 */
export function builtTree(context: AnalysisContext, part: Part, build: Build): DecisionTree<Outcome> {
  const oneByOne = decisionTree((decider): Outcome => {
    const { builder, end } = build(decider, {})
    const outcome = { shape: builder.shape(end), costs: context.costs(builder, end) }
    return context.namesOperations ? { ...outcome, operations: operationsTo(builder.nodes, end) } : outcome
  })
  let together: MixedBuild | undefined
  return {
    paths(known) {
      together ??= mixedBuild(context, part, build)
      if (together === 'impossible') return oneByOne.paths(known)
      return together.filter(({ selections }) =>
        selections.every(({ decision, options }) => {
          const before = known(decision.path)
          return before === undefined || before[0] === options[0]
        }),
      )
    },
  }
}

/** @throws SharedBranches where operations are asked for and cannot be told */
function mixedBuild(context: AnalysisContext, { item, key }: Part, build: Build): MixedBuild {
  const known = context.mixedBuilds.get(item) ?? new Map<string, MixedBuild>()
  context.mixedBuilds.set(item, known)
  const found = known.get(key) ?? pathsOfMixedBuild(context, build) ?? 'impossible'
  known.set(key, found)
  const isNamed = ({ result }: TreePath<Outcome>): boolean => 'value' in result && result.value.operations !== undefined
  if (context.namesOperations && found !== 'impossible' && !found.every(isNamed))
    throw new SharedBranches('branches share what is in them')
  return found
}

/** Operations on the way to a node, where these are asked for or nothing else is; undefined if that cannot be told. */
function namedOperations(
  { namesOperations, quantities }: AnalysisContext,
  nodes: readonly NetworkNode[],
  end: number,
  options: ReadonlyMap<string, number>,
): readonly string[] | undefined {
  if (namesOperations !== true && quantities.length > 0) return undefined
  try {
    return operationsTo(nodes, end, options)
  } catch (jump) {
    if (!(jump instanceof SharedBranches)) throw jump
    return undefined
  }
}

function pathsOfMixedBuild(context: AnalysisContext, build: Build): readonly TreePath<Outcome>[] | undefined {
  const decider = createDecider(() => ({ kind: 'mix' }))
  let built: Built
  try {
    built = build(decider, { alternatives: true })
  } catch (failure) {
    // Some alternatives do not fit, differ in shape, or decide what is not built of operations.
    if (failure instanceof Fork || failure instanceof ElaborationFailure) return undefined
    throw failure
  }
  const reached = [...decider.reached.values()]
  if (reached.some(({ decision, isVariable }) => isVariable || decision.arity !== undefined)) return undefined
  const selected = selectionsThrough(reached)
  if (!selected) return undefined
  const { builder, end } = built
  const shape = builder.shape(end)
  const costs = nodeCosts(context, builder)
  const nothing = context.quantities.map(() => 0)
  const paths: TreePath<Outcome>[] = []
  for (const selections of selected) {
    const options = new Map(selections.map(({ decision, options: [option = 0] }) => [decision.path, option]))
    const nodes = nodesUnder(builder.nodes, end, options)
    if (!nodes) return undefined
    const total = nodes.reduce<readonly number[]>((all, node) => sum(all, costs(node)), nothing)
    const operations = namedOperations(context, builder.nodes, end, options)
    paths.push({ selections, result: { value: { shape, costs: total, ...(operations ? { operations } : {}) } } })
  }
  return paths
}

/** Decisions, each behind all that it is met under; undefined where two are met under each other. */
function behindTheirContexts(reached: readonly ReachedDecision[]): readonly ReachedDecision[] | undefined {
  const ordered = new Map<string, ReachedDecision>()
  while (ordered.size < reached.length) {
    const before = ordered.size
    // In the order in which they were met, as far as that is possible.
    for (const each of reached) {
      const isBehind = each.contexts.every((context) => context.every(({ path }) => ordered.has(path)))
      if (isBehind && !ordered.has(each.decision.path)) ordered.set(each.decision.path, each)
    }
    if (ordered.size === before) return undefined
  }
  return [...ordered.values()]
}

/** Every combination of selections, each to the decisions that are met under it. */
function selectionsThrough(reached: readonly ReachedDecision[]): readonly (readonly Selection[])[] | undefined {
  const ordered = behindTheirContexts(reached)
  if (!ordered) return undefined
  let paths: readonly (readonly Selection[])[] = [[]]
  for (const { decision, contexts } of ordered) {
    if (paths.length * decision.options.length > maxListedPaths ** 2) return undefined
    paths = paths.flatMap((selections) => {
      const isMet = contexts.some((context) =>
        context.every(({ path, option }) =>
          selections.some((before) => before.decision.path === path && before.options[0] === option),
        ),
      )
      return isMet
        ? decision.options.map((_, option) => [...selections, { decision, options: [option] }])
        : [selections]
    })
    if (paths.length > maxListedPaths) return undefined
  }
  return paths
}

/** Nodes from which the end is computed where these options are taken; undefined if another decision is met. */
function nodesUnder(
  nodes: readonly NetworkNode[],
  end: number,
  options: ReadonlyMap<string, number>,
): readonly number[] | undefined {
  const found = new Set<number>()
  const waiting = [end]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const node = nodes[id]
    if (!node || found.has(id)) continue
    if (node.kind !== 'mix') {
      found.add(id)
      waiting.push(...node.inputs)
      continue
    }
    const option = options.get(node.decision)
    const input = option === undefined ? undefined : node.inputs[node.options.indexOf(option)]
    if (input === undefined) return undefined
    waiting.push(input)
  }
  return [...found]
}

/** What each node costs by itself. */
function nodeCosts(context: AnalysisContext, { nodes }: NetworkBuilder): (id: number) => readonly number[] {
  const known = new Map<number, readonly number[]>()
  return (id) => {
    const found = known.get(id)
    if (found) return found
    const costs = costsAlone(context, nodes, id)
    known.set(id, costs)
    return costs
  }
}

function costsAlone(context: AnalysisContext, nodes: readonly NetworkNode[], id: number): readonly number[] {
  const node = nodes[id]
  if (!node || node.kind === 'input') return context.quantities.map(() => 0)
  const [first] = node.inputs
  const shape = (first === undefined ? undefined : nodes[first]?.shape) ?? node.shape
  const alone: readonly NetworkNode[] = [
    { kind: 'input', id: 0, path: 'input', inputs: [], shape },
    { ...node, id: 1, inputs: [0] },
  ]
  return context.costs({ nodes: alone, shape: () => shape }, 1)
}
