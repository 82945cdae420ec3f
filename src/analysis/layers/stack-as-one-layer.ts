import { stackPlan, type CellInstance } from '../../space/network/build-network.js'
import { cellInstanceBuilder } from '../../space/network/repeated-cells.js'
import type { StackItem } from '../../ir/model/space.js'
import type { Shape } from '../../space/evaluation/shape.js'
import { decisionTree, type DecisionTree } from '../diagram/decision-tree.js'
import { feasibleBranches } from '../diagram/feasible-branches.js'
import { builderWith, type AnalysisContext, type Layer, type Transition } from '../diagram/layer.js'
import { shapeKey, withSelections } from '../diagram/state.js'
import { firstOptions } from './cell/cell-plan.js'
import { reachOf, readsOfSpace } from './reach.js'

/** A stack under one plan: its cells, whatever is chosen inside of them, are one operation. */
interface StackOutcome {
  readonly maps: readonly Shape[]
  readonly operation: string
}

/** A stack whose cells have shapes that do not depend on what is chosen inside of them. */
export function stackAsOneLayer(context: AnalysisContext, stack: StackItem, imageStandsFirst: boolean): Layer {
  const roots = [stack.count, stack.channels, ...stack.exceptions.map(({ at }) => at)]
  const ofSpace = readsOfSpace(context, reachOf(context.ir, roots, context.space.lets))
  const trees = new Map<string, DecisionTree<StackOutcome>>()
  const treeOf = (maps: readonly Shape[]): DecisionTree<StackOutcome> => {
    const key = maps.map(shapeKey).join(' ')
    const tree =
      trees.get(key) ??
      decisionTree((decider) => {
        const copies = stackPlan(context.environment(decider), context.space, stack, maps.at(-1)?.channels ?? 0)
        const plan = copies.map(({ use, channels }) => `${use.name} ${channels}`).join(', ')
        return { maps: build(context, copies, maps), operation: `${stack.name}(${plan}) ${key}` }
      })
    trees.set(key, tree)
    return tree
  }
  return {
    at: stack.name,
    transitions(state, fail) {
      const maps = imageStandsFirst ? state.maps.slice(1) : state.maps
      return feasibleBranches(treeOf(maps), (path) => state.selected.get(path), fail).map(
        ({ selections, value }): Transition => ({
          state: { maps: value.maps, selected: withSelections(state.selected, selections) },
          selections,
          costs: context.quantities.map(() => 0),
          operations: [value.operation],
        }),
      )
    },
    reads: ofSpace,
  }
}

/** The last two maps behind the cells. */
function build(context: AnalysisContext, copies: readonly CellInstance[], maps: readonly Shape[]): readonly Shape[] {
  const builder = builderWith(maps)
  const decider = firstOptions()
  const space = context.environment(decider)
  const put = cellInstanceBuilder(builder, decider)
  let outputs = maps.map((_, index) => index)
  for (const { use, cell, copy, channels } of copies) {
    const newest = outputs.at(-1) ?? 0
    const inputs = cell.inputs.length === 1 ? [newest] : [outputs.at(-2) ?? newest, newest]
    const output = put({ builder, decider, space, copy, channels, inputs, shareFeatures: false }, use, cell)
    outputs = [newest, output]
  }
  return outputs.map((id) => builder.shape(id))
}
