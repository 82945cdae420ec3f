import { cellUse, checkLogits, put } from '../../space/network/build-network.js'
import { inputShape } from '../../space/network/images.js'
import type { NetworkBuilder } from '../../space/network/network-builder.js'
import type { Environment } from '../../space/evaluation/environment.js'
import { integerIn } from '../../space/evaluation/evaluate.js'
import type { Shape } from '../../space/evaluation/shape.js'
import { buildLayer, demandLayers, stageEnvironment } from '../../space/network/stage.js'
import type { Expression } from '../../ir/model/expression.js'
import type { NetworkItem, StageItem } from '../../ir/model/space.js'
import { builtTree } from '../diagram/built-tree.js'
import type { Constraint } from '../diagram/constraint.js'
import { decisionTree, type DecisionTree, type Selection } from '../diagram/decision-tree.js'
import { feasibleBranches } from '../diagram/feasible-branches.js'
import { currentMap } from './current-map.js'
import { perhapsLeftOut } from './read-outputs.js'
import { isWithin, reachOf, readsOfSpace, type Reach } from './reach.js'
import { memoize } from '../../support/memoize.js'
import { stackAsOneLayer } from './stack-as-one-layer.js'
import { stackWithCells } from './stack-with-cells.js'
import { cellsOfStack, stackLayers } from './stack-layers.js'
import { shapeKey, withSelections, type State } from '../diagram/state.js'
import { builderWith, type Transition, type Layer, type AnalysisContext, type Outcome } from '../diagram/layer.js'

/**
 * The layers of a whole network, in the order in which it is built.
 *
 * @param constraints what is asked of the graphs of cells: layers keep what these ask for, and leave out what breaks them
 */
export function networkLayers(context: AnalysisContext, constraints: readonly Constraint[]): readonly Layer[] {
  const { network } = context.space
  return [
    inputLayer(context),
    ...network.flatMap((item, index) =>
      itemLayers(context, item, network.slice(0, index), network[index + 1], constraints),
    ),
  ]
}

function itemLayers(
  context: AnalysisContext,
  item: NetworkItem,
  before: readonly NetworkItem[],
  after: NetworkItem | undefined,
  constraints: readonly Constraint[],
): readonly Layer[] {
  // Behind a stem with one output, both inputs of the first cell are that output; the image itself is none of them.
  const isOnlyOutput = ({ kind }: NetworkItem, position: number): boolean => kind === 'stem' && position === 0
  switch (item.kind) {
    case 'stem':
      return item.parts.map((part, at) => {
        const layer = operationLayer(context, part, item.parts.length === 1 ? 'stem' : `stem[${at + 1}]`, {
          keeps: true,
          isReadApart: item.parts.length > 1 && after?.kind === 'stack',
        })
        const isLast = at === item.parts.length - 1
        return isLast && !isOnlyOutput(item, before.length + at) && mayLeaveOut(context, after)
          ? perhapsLeftOut(layer)
          : layer
      })
    case 'head':
      return [headLayer(context, item.body)]
    case 'stage':
      return stageLayers(context, item)
    case 'stack': {
      const [first] = before
      const imageStandsFirst = before.length === 1 && first?.kind === 'stem' && first.parts.length === 1
      if (context.looksIntoCells) return [stackWithCells(context, item)]
      if (context.namesOperations) return [stackAsOneLayer(context, item, imageStandsFirst)]
      return stackLayers(context, item, constraints, {
        imageStandsFirst,
        cellsBefore: new Set(before.flatMap((each) => (each.kind === 'stack' ? cellsOfStack(each) : []))),
        mayBeLeftOut: mayLeaveOut(context, after),
      })
    }
  }
}

/** Whether what stands before an item may go without its newest output: only a stack reads an older one. */
function mayLeaveOut({ ir, space }: AnalysisContext, item: NetworkItem | undefined): boolean {
  if (item?.kind !== 'stack') return false
  const uses = cellsOfStack(item).map((name) => cellUse(space, name).cell)
  return ir.cells.some(({ id, inputs }) => uses.includes(id) && inputs.length > 1)
}

function inputLayer(context: AnalysisContext): Layer {
  const tree = decisionTree(
    (decider) => context.options.input ?? inputShape(context.environment(decider), context.space),
  )
  return {
    at: 'input',
    transitions: (state, fail) =>
      feasibleBranches(tree, (path) => state.selected.get(path), fail).map(({ selections, value }): Transition => {
        const selected = withSelections(state.selected, selections)
        const operations = context.namesOperations ? { operations: [`input ${shapeKey(value)}`] } : {}
        return { state: { maps: [value], selected }, selections, costs: context.quantities.map(() => 0), ...operations }
      }),
    reads: () => true,
  }
}

interface OperationLayerOptions {
  /** Whether what came before may be read once more. */
  readonly keeps?: boolean
  /** Whether it is read by itself, so that it matters which operations stand before its end and which behind. */
  readonly isReadApart?: boolean
  readonly verify?: (builder: NetworkBuilder, end: number, environment: Environment) => void
}

/** An operation of the network itself. */
function operationLayer(
  context: AnalysisContext,
  body: Expression,
  path: string,
  { keeps = false, isReadApart = false, verify }: OperationLayerOptions = {},
): Layer {
  const trees = new Map<string, DecisionTree<Outcome>>()
  const treeOf = (input: Shape): DecisionTree<Outcome> => {
    const key = shapeKey(input)
    const known = trees.get(key)
    if (known) return known
    const tree = builtTree(context, { item: body, key: `${path} ${key}` }, (decider, options) => {
      const builder = builderWith([input], options)
      const environment = context.environment(decider)
      const end = put({ builder, decider, environment }, body, 0, path)
      verify?.(builder, end, environment)
      return { builder, end }
    })
    trees.set(key, tree)
    return tree
  }
  const ofSpace = readsOfSpace(context, reachOf(context.ir, [body], context.space.lets))
  return {
    at: path,
    transitions(state, fail) {
      const input = currentMap(state)
      return feasibleBranches(treeOf(input), (asked) => state.selected.get(asked), fail).map(
        ({ selections, value }): Transition => {
          const { shape, costs, operations } = value
          const maps = keeps ? [...state.maps, shape].slice(-2) : [shape]
          const passed = operations && { operations: isReadApart ? [...operations, `; ${path}`] : operations }
          return { state: { maps, selected: withSelections(state.selected, selections) }, selections, costs, ...passed }
        },
      )
    },
    reads: (asked) => isWithin(asked, path) || ofSpace(asked),
  }
}

/** The head, which ends in the logits. */
function headLayer(context: AnalysisContext, body: Expression): Layer {
  return operationLayer(context, body, 'head', {
    verify(builder, end, { surroundings }) {
      checkLogits(builder, context.space.name, end, surroundings?.classes ?? 0)
    },
  })
}

/** What a stage has settled before its layers. */
interface StageProgress {
  readonly channels: number
  readonly stride: number
  readonly depth: number
}

function stageLayers(context: AnalysisContext, stage: StageItem): readonly Layer[] {
  const lets = [...context.space.lets, ...stage.lets]
  const layers = [stage.layer, ...(stage.first ? [stage.first] : [])]
  const reach = reachOf(context.ir, [stage.width, stage.stride, stage.depth, ...layers], lets)
  const ofSpace = readsOfSpace(context, reach)
  const ofStage = (path: string): boolean => isWithin(path, stage.name) && !path.startsWith(`${stage.name}.layer[`)
  const opening = memoize((key) => {
    const arriving = Number(key)
    return decisionTree((decider): StageProgress => {
      const environment = stageEnvironment(context.environment(decider), stage, arriving)
      demandLayers(environment, stage)
      return {
        channels: integerIn(environment, stage.width),
        stride: integerIn(environment, stage.stride),
        depth: integerIn(environment, stage.depth),
      }
    })
  })
  const open: Layer = {
    at: stage.name,
    transitions: (state, fail) =>
      feasibleBranches(opening(String(currentMap(state).channels)), (path) => state.selected.get(path), fail).map(
        ({ selections, value }): Transition => {
          const selected = withSelections(state.selected, selections)
          const next = { maps: [currentMap(state)], selected, progress: value }
          return { state: next, selections, costs: context.quantities.map(() => 0) }
        },
      ),
    reads: (path) => ofStage(path) || ofSpace(path),
  }

  const depths = depthsAtMost(context, stage)
  const layerReach = reachOf(context.ir, layers, lets)
  // Layers behind the first are alike unless they are told which one they are.
  const alike = !layerReach.facts.has('layer')
  const mayAsk = readsOfSpace(context, layerReach)
  const asksStage = asksOfStage(stage, layerReach)
  const trees = new Map<string, DecisionTree<Outcome>>()
  const treeOf = (layer: number, input: Shape, { channels, stride }: StageProgress): DecisionTree<Outcome> => {
    const key = [layer, shapeKey(input), channels, layer === 1 ? stride : '']
    const known = trees.get(key.join('/'))
    if (known) return known
    const tree = builtTree(context, { item: stage, key: key.join('/') }, (decider, options) => {
      const builder = builderWith([input], options)
      const environment = stageEnvironment(context.environment(decider), stage, input.channels)
      const end = buildLayer({ builder, decider, environment, stage, layer, channels, stride, input: 0 })
      return { builder, end }
    })
    trees.set(key.join('/'), tree)
    return tree
  }

  const layerOfStage = (layer: number): Layer => {
    const stand = alike ? Math.min(layer, 2) : layer
    const [own, standing] = [`${stage.name}.layer[${layer}]`, `${stage.name}.layer[${stand}]`]
    const renamed = (selections: readonly Selection[]): readonly Selection[] =>
      own === standing
        ? selections
        : selections.map(({ decision, options }) => {
            if (!isWithin(decision.path, standing)) return { decision, options }
            return { decision: { ...decision, path: own + decision.path.slice(standing.length) }, options }
          })
    return {
      at: own,
      transitions(state, fail) {
        const progress = progressOf(state)
        if (progress.depth < layer) return [{ state, selections: [], costs: context.quantities.map(() => 0) }]
        const known = (path: string): readonly number[] | undefined =>
          state.selected.get(isWithin(path, standing) ? own + path.slice(standing.length) : path)
        return feasibleBranches(treeOf(stand, currentMap(state), progress), known, fail).map(
          ({ selections, value }): Transition => {
            const { shape, costs, operations } = value
            const all = renamed(selections)
            return {
              state: { maps: [shape], selected: withSelections(state.selected, all), progress },
              selections: all,
              costs,
              ...(operations ? { operations } : {}),
            }
          },
        )
      },
      reads: (path) => isWithin(path, own) || (ofStage(path) && asksStage(path)) || mayAsk(path),
    }
  }
  const close: Layer = {
    at: stage.name,
    transitions: ({ maps, selected }) => [
      { state: { maps, selected }, selections: [], costs: context.quantities.map(() => 0) },
    ],
    reads: () => false,
  }
  return [open, ...Array.from({ length: depths }, (_, index) => layerOfStage(index + 1)), close]
}

/** The greatest number of layers that a stage can have. */
function depthsAtMost(context: AnalysisContext, stage: StageItem): number {
  const asks = reachOf(context.ir, [stage.depth], [...context.space.lets, ...stage.lets]).facts.has('in')
  // What arrives is not known yet: a depth that asks for it is tried with all usual numbers of channels.
  const trees = Array.from({ length: asks ? 2048 : 1 }, (_, index) => index + 1).map((arriving) =>
    decisionTree((decider) => {
      const environment = stageEnvironment(context.environment(decider), stage, arriving)
      return integerIn(environment, stage.depth)
    }),
  )
  return trees
    .flatMap((tree) => tree.paths(() => undefined))
    .reduce((most, { result }) => {
      return 'value' in result ? Math.max(most, result.value) : most
    }, 0)
}

/** Decisions of a stage that its layers may ask for: not those that only its own clauses ask for. */
function asksOfStage(stage: StageItem, { lets, labels }: Reach): (path: string) => boolean {
  const clauses = ['width', 'depth', 'stride'].filter((clause) => !lets.has(clause) && !labels.has(clause))
  return (path) => !clauses.some((clause) => path === `${stage.name}.${clause}`)
}

function progressOf(state: State): StageProgress {
  // Layers of a stage only ever follow the opening of their stage, which leaves this behind.
  return state.progress as StageProgress
}
