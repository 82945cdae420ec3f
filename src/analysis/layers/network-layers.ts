import { cellUse, checkLogits, put } from '../../space/network/build-network.js'
import { inputShape } from '../../space/network/images.js'
import type { NetworkBuilder } from '../../space/network/network-builder.js'
import type { Environment } from '../../space/evaluation/environment.js'
import type { Shape } from '../../space/evaluation/shape.js'
import type { Expression } from '../../ir/model/expression.js'
import type { NetworkItem } from '../../ir/model/space.js'
import { builtTree } from '../diagram/built-tree.js'
import type { Constraint } from '../diagram/constraint.js'
import { decisionTree, type DecisionTree } from '../diagram/decision-tree.js'
import { feasibleBranches } from '../diagram/feasible-branches.js'
import { currentMap } from './current-map.js'
import { isBehindOneStem, perhapsLeftOut } from './read-outputs.js'
import { isWithin, reachOf, readsOfSpace } from './reach.js'
import { stackAsOneLayer } from './stack-as-one-layer.js'
import { stackWithCells } from './stack-with-cells.js'
import { stageLayers } from './stage-layers.js'
import { cellsOfStack, stackLayers } from './stack-layers.js'
import { shapeKey, withSelections } from '../diagram/state.js'
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
      const imageStandsFirst = isBehindOneStem(before)
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
