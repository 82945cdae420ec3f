import { stackPlan } from '../../space/network/build-network.js'
import { cellInstanceBuilder } from '../../space/network/repeated-cells.js'
import type { StackItem } from '../../ir/model/space.js'
import type { Shape } from '../../space/evaluation/shape.js'
import { decisionTree, type DecisionTree } from '../diagram/decision-tree.js'
import { feasibleBranches } from '../diagram/feasible-branches.js'
import { builderWith, type AnalysisContext, type Layer, type Transition } from '../diagram/layer.js'
import { operationsTo } from '../diagram/operation-sequence.js'
import { shapeKey, withSelections } from '../diagram/state.js'
import { currentMap } from './current-map.js'

interface BuiltStack {
  readonly shape: Shape
  readonly operations: readonly string[]
}

/**
 * A stack of cells that read one map, built for every selection in them: its operations one by one.
 *
 * @throws SharedBranches from its transitions, where no sequence tells them
 */
export function stackWithCells(context: AnalysisContext, stack: StackItem): Layer {
  const trees = new Map<string, DecisionTree<BuiltStack>>()
  const treeOn = (input: Shape): DecisionTree<BuiltStack> => {
    const key = shapeKey(input)
    const tree =
      trees.get(key) ??
      decisionTree((decider) => {
        const builder = builderWith([input])
        const space = context.environment(decider)
        const put = cellInstanceBuilder(builder, decider)
        let end = 0
        for (const { use, cell, copy, channels } of stackPlan(space, context.space, stack, input.channels))
          end = put({ builder, decider, space, copy, channels, inputs: [end], shareFeatures: false }, use, cell)
        return { shape: builder.shape(end), operations: operationsTo(builder.nodes, end) }
      })
    trees.set(key, tree)
    return tree
  }
  return {
    at: stack.name,
    transitions: (state, fail) =>
      feasibleBranches(treeOn(currentMap(state)), (path) => state.selected.get(path), fail).map(
        ({ selections, value: { shape, operations } }): Transition => ({
          state: { maps: [shape], selected: withSelections(state.selected, selections) },
          selections,
          costs: context.quantities.map(() => 0),
          operations,
        }),
      ),
    reads: () => true,
  }
}
