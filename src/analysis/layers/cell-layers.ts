import type { Decider } from '../../space/values/decider.js'
import type { IrNode } from '../../ir/model/space.js'
import type { Expression } from '../../ir/model/expression.js'
import type { Shape } from '../../space/values/shape.js'
import { frameMerging } from './frame-merging.js'
import { namesWith, nodeFacts, type CellProgress, type StackProgress } from './cell-progress.js'
import type { CellTests } from './cell-tests.js'
import { edgeOf, openParts, type CellPlan, type PlannedNode } from './cell-plan.js'
import { decisionTree, type DecisionTree, type Selection } from '../diagram/decision-tree.js'
import { readsOfSpace } from './network-layers.js'
import { isWithin, reachOf } from './reach.js'
import { notOneShape, type CellFrame, type CopyGroup, type StackLayout } from './stack-layout.js'
import { shapeKey, withSelections, type State } from '../diagram/state.js'
import { sum, type Transition, type Layer, type AnalysisContext } from '../diagram/layer.js'

/** Steps of one cell of a space, for all of its copies at once. */
export function cellLayers(
  context: AnalysisContext,
  plan: CellPlan,
  layoutOf: (state: State, progress: StackProgress) => StackLayout,
  tests: CellTests,
): readonly Layer[] {
  const { cell } = plan
  const use = plan.use.name
  const { limit } = tests
  const mergedFrames = frameMerging(use)
  const withName = namesWith()
  const nothing = context.quantities.map(() => 0)
  const bytes = (count: number): readonly number[] =>
    context.quantities.map(({ name }) => (name === 'activation_bytes' ? 4 * count : 0))

  const lets = [...context.space.lets, ...cell.lets]
  const supplied = Object.values(plan.use.arguments)
  const reads = (roots: readonly Expression[], place: (path: string) => boolean): ((path: string) => boolean) => {
    const defaults = cell.parameters.flatMap((parameter) => parameter.default ?? [])
    const ofSpace = readsOfSpace(context, reachOf(context.ir, [...roots, ...supplied, ...defaults], lets))
    return (path) => {
      if (!isWithin(path, use)) return ofSpace(path)
      const rest = path.slice(use.length + 1)
      // Choices of the cell itself, which may be asked for anywhere in it, have no node in their path.
      const isOfPart = [...cell.nodes.map(({ name }) => name), 'prepare', 'output'].some(
        (part) => new RegExp(`^${part}\\d*[.[]`).test(rest) || rest === part,
      )
      return isOfPart ? place(rest) : true
    }
  }

  /** Everything about one part of the cell in all copies. */
  interface Outcome {
    readonly costs: readonly number[]
  }
  const trees = new Map<string, DecisionTree<Outcome>>()
  /** The same by groups, which states hand on to each other. */
  const treesOfGroups = new WeakMap<readonly CopyGroup[], Map<string, DecisionTree<Outcome>>>()
  const treeOf = (
    part: string,
    groups: readonly CopyGroup[],
    inputsOf: (group: CopyGroup) => readonly Shape[],
    build: (decider: Decider, group: CopyGroup) => { readonly costs: readonly number[] },
  ): DecisionTree<Outcome> => {
    const ofGroups = treesOfGroups.get(groups) ?? new Map<string, DecisionTree<Outcome>>()
    treesOfGroups.set(groups, ofGroups)
    const found = ofGroups.get(part) ?? treeAt(part, groups, inputsOf, build)
    ofGroups.set(part, found)
    return found
  }
  const treeAt: typeof treeOf = (part, groups, inputsOf, build) => {
    const key = [
      part,
      ...groups.map((group) => `${group.copy.channels} ${inputsOf(group).map(shapeKey).join(' ')} ${group.times}`),
    ].join('\n')
    const known = trees.get(key)
    if (known) return known
    const tree = decisionTree((decider): Outcome => ({
      costs: groups.reduce<readonly number[]>(
        (all, group) => sum(all, build(decider, group).costs, group.times),
        nothing,
      ),
    }))
    trees.set(key, tree)
    return tree
  }

  interface At {
    readonly state: State
    readonly progress: StackProgress
    readonly here: CellProgress
    readonly groups: readonly CopyGroup[]
    readonly frame: CellFrame
  }
  const at = (state: State): At | undefined => {
    // Steps of a cell only ever follow the opening of their stack, which leaves this behind.
    const progress = state.progress as StackProgress
    const frame = progress.frames[use]
    if (!frame) return undefined
    const groups = layoutOf(state, progress).groups.get(use) ?? []
    return { state, progress, here: progress.cell ?? tests.start(frame), groups, frame }
  }
  const going = (
    { state, progress }: At,
    cellProgress: CellProgress | undefined,
    selections: readonly Selection[],
    costs: readonly number[],
  ): Transition => {
    const { cell: _, ...rest } = progress
    const next: StackProgress = cellProgress ? { ...rest, cell: cellProgress } : rest
    return {
      state: { ...state, selected: withSelections(state.selected, selections), progress: next },
      selections,
      costs,
    }
  }
  const passing = (state: State): readonly Transition[] => [{ state, selections: [], costs: nothing }]
  const times = (groups: readonly CopyGroup[], size: (group: CopyGroup) => number): number =>
    groups.reduce((all, group) => all + group.times * size(group), 0)

  const isThereIn = (frame: CellFrame, name: string): boolean =>
    cell.inputs.includes(name) || frame.present.includes(name)

  const output: Layer = {
    at: `${use}.output`,
    cell: use,
    transitions(state, fail) {
      const now = at(state)
      if (!now) return passing(state)
      const { frame, groups, here } = now
      const [main = [], ...further] = frame.chosen
      const terms = further.flatMap((names, index) => names.map((name, number) => ({ name, index, number })))
      const size = (main.length > 1 ? 1 : 0) + (terms.length > 0 ? 1 : 0)
      const merges = bytes(times(groups, (group) => size * elements(group.merged)))
      const edges = here.edges === undefined ? undefined : limit.settle(frame, plan.nodes.length, 0, false, here.edges)
      const begun = edges === undefined ? here : { ...here, edges }
      // From here on, only what the output is like matters, and no longer what it takes.
      const merged = mergedFrames(state, now.progress, layoutOf(state, now.progress))
      const next: At = { ...now, progress: { ...now.progress, frames: merged } }
      if (terms.length === 0) return [going(next, begun, [], merges)]
      const key = `output ${terms.map(({ name, index }) => `${name} ${index}`).join(' ')}`
      return treeOf(
        key,
        groups,
        (group) => [...group.states.values()],
        (decider, group) => ({
          costs: terms.reduce<readonly number[]>((all, { name, index, number }) => {
            const shape = group.states.get(name)
            const through = cell.output.plus?.[index]?.through
            if (!shape || !through) return all
            const { parts, builder } = openParts(context, decider, group.copy, group.prepared, { name, shape })
            const end = parts.term(index, through, parts.states.get(name) ?? 0, number, group.merged.channels)
            if (shapeKey(builder.shape(end)) !== shapeKey(group.merged))
              throw notOneShape(group.copy, 'output', [group.merged, builder.shape(end)])
            return sum(all, context.costs(builder, end))
          }, nothing),
        }),
      )
        .paths((path) => state.selected.get(path))
        .flatMap(({ selections, result }): Transition[] => {
          if ('value' in result) return [going(next, begun, selections, sum(merges, result.value.costs))]
          fail(result.failure)
          return []
        })
    },
    reads: reads(
      (cell.output.plus ?? []).map(({ through }) => through),
      (rest) => isWithin(rest, 'output'),
    ),
  }

  const edge = (planned: PlannedNode, position: number, sourceIndex: number, operation: number): Layer => ({
    at: `${use}.${planned.name}.${planned.sources[sourceIndex] ?? ''}`,
    cell: use,
    transitions(state, fail) {
      const now = at(state)
      if (!now) return passing(state)
      const { here, groups, frame } = now
      const { decision, operations, name, node, sources } = planned
      const each = operations?.length ?? 1
      const isLast = operation === each - 1
      const source = sources[sourceIndex] ?? ''
      const option = sourceIndex * each + operation
      const isUsed = here.used.includes(name)
      const isThere = isThereIn(frame, source)
      const isPresent = frame.present.includes(name)
      const further = sources.slice(sourceIndex + 1).filter((other) => isThereIn(frame, other)).length
      const places = each * further + (isThere ? each - 1 - operation : 0)
      const most = decision?.arity?.most ?? Infinity
      const moves: Transition[] = []
      const closeEdge = (
        progress: CellProgress,
        selections: readonly Selection[],
        costs: readonly number[],
      ): readonly [CellProgress, readonly Selection[], readonly number[]] => {
        if (!operations || !isLast) return [progress, selections, costs]
        const sums =
          progress.here > 1 && isUsed ? bytes(times(groups, (group) => elements(group.states.get(name)))) : nothing
        return [
          { ...progress, here: 0, ends: Math.min(2, progress.ends + (progress.here > 0 ? 1 : 0)) },
          selections,
          sum(costs, sums),
        ]
      }
      const push = (progress: CellProgress, selections: readonly Selection[], costs: readonly number[]): void => {
        if (progress.edges === undefined) moves.push(going(now, progress, selections, costs))
        else {
          const misses = isPresent && decision !== undefined && progress.ends + progress.here === 0
          const edges = limit.settle(frame, position, places, misses, progress.edges)
          if (edges !== undefined) moves.push(going(now, { ...progress, edges }, selections, costs))
        }
      }
      if (decision) push(...closeEdge(here, [], nothing))
      // Who is left out reads nothing, unless its inputs are a choice that says otherwise.
      const isReading = decision !== undefined || isPresent
      const nodes =
        here.nodes && nodeFacts(here.nodes.reached, here.nodes.used, here.nodes.orRemoved && (isThere || !isReading))
      // A node that is not there reads nothing that is.
      if (here.count < most && (isPresent || !isThere) && !(nodes && tests.fails(nodes))) {
        const cap = most >= (decision?.options.length ?? Infinity) ? Math.max(1, decision?.arity?.least ?? 1) : most
        const bit: readonly Selection[] = decision ? [{ decision, options: [option], partial: true }] : []
        const next: CellProgress = {
          ...here,
          count: Math.min(here.count + 1, cap),
          ...(here.edges === undefined || !isThere ? {} : { edges: here.edges + 1 }),
          ...(here.read && isReading ? { read: withName(here.read, source) } : {}),
          ...(nodes ? { nodes } : {}),
          ...(isThere
            ? operations
              ? { here: Math.min(2, here.here + 1) }
              : { ends: Math.min(2, here.ends + 1) }
            : {}),
          used: isThere && isUsed ? withName(here.used, source) : here.used,
        }
        const on = (selections: readonly Selection[], costs: readonly number[]): void => {
          push(...closeEdge(next, [...bit, ...selections], isUsed ? costs : nothing))
        }
        if (!isThere) on([], nothing)
        else {
          const tree = treeOf(
            `${name} ${source} ${operation}`,
            groups,
            (group) => {
              const shape = group.states.get(source)
              return shape ? [...group.prepared, shape] : group.prepared
            },
            (decider, group) => edgeOutcome(decider, group, planned, node, source, option),
          )
          for (const { selections, result } of tree.paths((path) => state.selected.get(path))) {
            if ('value' in result) on(selections, result.value.costs)
            else fail(result.failure)
          }
        }
      }
      return moves
    },
    reads: reads(
      [
        planned.node.through,
        ...(planned.node.project ? [planned.node.project] : []),
        ...planned.node.overrides.map(({ value }) => value),
        ...(planned.node.lets ?? []).map(({ value }) => value),
        ...(planned.node.from.kind === 'connections' ? [planned.node.from.operations] : []),
      ],
      (rest) => isOnEdge(rest, planned.name, planned.sources[sourceIndex] ?? ''),
    ),
    settles: (path) => path === `${use}.${planned.name}.from`,
  })

  const edgeOutcome = (
    decider: Decider,
    group: CopyGroup,
    planned: PlannedNode,
    node: IrNode,
    source: string,
    option: number,
  ): { readonly costs: readonly number[] } => {
    const shape = group.states.get(source)
    if (!shape) throw new Error(`${planned.name} reads ${source}, which is not laid out`)
    const { parts, builder } = openParts(context, decider, group.copy, group.prepared, { name: source, shape })
    for (const [family, members] of plan.families) parts.families.set(family, members)
    const end = parts.edgeEnd(node, planned.name, edgeOf(parts, plan, planned, source, option), planned.decision)
    const query = group.states.get(planned.name)
    const found = builder.shape(end)
    if (query && node.merge !== 'concat' && shapeKey(found) !== shapeKey(query))
      throw notOneShape(group.copy, planned.name, [query, found])
    return { costs: context.costs(builder, end) }
  }

  const closeNode = (planned: PlannedNode): Layer => ({
    at: `${use}.${planned.name}`,
    cell: use,
    transitions(state) {
      const now = at(state)
      if (!now) return passing(state)
      const { here, frame, groups } = now
      const isThere = frame.present.includes(planned.name)
      if (here.count < (planned.decision?.arity?.least ?? 0) || here.ends > 0 !== isThere) return []
      const isUsed = here.used.includes(planned.name)
      const merges =
        here.ends > 1 && isUsed ? bytes(times(groups, (group) => elements(group.states.get(planned.name)))) : nothing
      const isRemoved = !isThere && !here.read?.includes(planned.name)
      const nodes =
        here.nodes &&
        nodeFacts(
          here.nodes.reached && isThere,
          here.nodes.used && isUsed,
          here.nodes.orRemoved && (isRemoved || (isThere && isUsed)),
        )
      // What every node must be is tested at the end; a node that is not so is enough to know it here.
      if (nodes && tests.fails(nodes)) return []
      return [
        going(now, { ...here, count: 0, ends: 0, here: 0, ...(nodes ? { nodes } : {}) }, emptySet(planned), merges),
      ]
    },
    reads: () => false,
    settles: (path) => path === `${use}.${planned.name}.from`,
  })

  const prepare = (name: string, through: Expression): Layer => ({
    at: `${use}.prepare.${name}`,
    cell: use,
    transitions(state, fail) {
      const now = at(state)
      if (!now) return passing(state)
      const isUsed = now.frame.inputs.includes(name)
      const tree = treeOf(
        `prepare ${name}`,
        now.groups,
        (group) => group.raw,
        (decider, group) => {
          const { parts, builder } = openParts(context, decider, group.copy, group.raw)
          const end = parts.prepared(name, through)
          const query = group.states.get(name)
          if (shapeKey(builder.shape(end)) !== shapeKey(query))
            throw notOneShape(group.copy, name, [builder.shape(end)])
          return { costs: context.costs(builder, end) }
        },
      )
      return tree
        .paths((path) => state.selected.get(path))
        .flatMap(({ selections, result }): Transition[] => {
          if ('value' in result) return [going(now, now.here, selections, isUsed ? result.value.costs : nothing)]
          fail(result.failure)
          return []
        })
    },
    reads: reads([through], (rest) => rest.startsWith('prepare.') && rest.endsWith(`[${name}]`)),
  })

  const close: Layer = {
    at: use,
    cell: use,
    transitions(state) {
      const now = at(state)
      if (!now) return passing(state)
      const used = cell.inputs.filter((name) => now.here.used.includes(name))
      if (used.length !== now.frame.inputs.length || used.some((name) => !now.frame.inputs.includes(name))) return []
      return [going(now, now.here, [], nothing)]
    },
    reads: () => false,
  }
  // A step of its own: what a constraint asks of the graph is still known before it.
  const leave: Layer = {
    at: use,
    transitions(state) {
      const now = at(state)
      return now ? [going(now, undefined, [], nothing)] : passing(state)
    },
    reads: () => false,
  }

  const edges = plan.nodes
    .map((planned, position) => [
      ...planned.sources.flatMap((_, source) =>
        Array.from({ length: planned.operations?.length ?? 1 }, (_, operation) =>
          edge(planned, position, source, operation),
        ),
      ),
      closeNode(planned),
    ])
    .reverse()
    .flat()
  const prepares = cell.prepare.flatMap(({ inputs, through }) => inputs.map((name) => prepare(name, through)))
  return [output, ...edges, ...prepares, close, leave]
}

function elements(shape: Shape | undefined): number {
  return shape ? shape.height * shape.width * shape.channels : 0
}

/** A node that reads nothing takes the empty set. */
function emptySet({ decision }: PlannedNode): readonly Selection[] {
  return decision ? [{ decision, options: [], partial: true }] : []
}

/** Whether a choice of the node is made on this edge, or once for all of its edges: `n2.through[s0]`, `n2.k`. */
function isOnEdge(path: string, node: string, source: string): boolean {
  if (!path.startsWith(`${node}.`) || path === `${node}.from`) return false
  return path.endsWith(`[${source}]`) || !/\[[a-z_]\w*\]$/i.test(path)
}
