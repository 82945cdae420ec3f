import type { Decider } from '../../../space/values/decider.js'
import type { Shape } from '../../../space/values/shape.js'
import { decisionTree, type DecisionTree } from '../../diagram/decision-tree.js'
import { sum, type AnalysisContext } from '../../diagram/layer.js'
import { shapeKey } from '../../diagram/state.js'
import type { InstanceGroup } from './cell-frame.js'

/** A part of a cell that is built by itself: what happens to one input, on one edge, to the terms of the output. */
export interface CellPart {
  /** What tells parts of one cell apart. */
  readonly key: string
  /** Shapes of the maps on which it depends. */
  inputs(group: InstanceGroup): readonly Shape[]
  /** What it costs in one instance of the group. */
  costs(decider: Decider, group: InstanceGroup): readonly number[]
}

/** What a part costs in all instances together, under every selection of the options in it. */
export type InstanceCosts = (part: CellPart, groups: readonly InstanceGroup[]) => DecisionTree<readonly number[]>

/** All instances of a cell have the same decisions, so one tree holds for all; equal parts have one tree. */
export function instanceCosts(noCosts: readonly number[]): InstanceCosts {
  const trees = new Map<string, DecisionTree<readonly number[]>>()
  /** The same by groups, which states hand on to each other. */
  const treesByGroups = new WeakMap<readonly InstanceGroup[], Map<string, DecisionTree<readonly number[]>>>()
  const treeOf: InstanceCosts = (part, groups) => {
    const key = [
      part.key,
      ...groups.map((group) => `${group.copy.channels} ${part.inputs(group).map(shapeKey).join(' ')} ${group.times}`),
    ].join('\n')
    const known = trees.get(key)
    if (known) return known
    const tree = decisionTree((decider) =>
      groups.reduce((all, group) => sum(all, part.costs(decider, group), group.times), noCosts),
    )
    trees.set(key, tree)
    return tree
  }
  return (part, groups) => {
    const ofGroups = treesByGroups.get(groups) ?? new Map<string, DecisionTree<readonly number[]>>()
    treesByGroups.set(groups, ofGroups)
    const tree = ofGroups.get(part.key) ?? treeOf(part, groups)
    ofGroups.set(part.key, tree)
    return tree
  }
}

/** What it costs to merge maps: memory for the result, which is computed in all instances. */
export function mergeCosts(
  { quantities }: Pick<AnalysisContext, 'quantities'>,
  groups: readonly InstanceGroup[],
  resultOf: (group: InstanceGroup) => Shape | undefined,
  merges = 1,
): readonly number[] {
  const elements = groups.reduce((all, group) => all + group.times * elementsOf(resultOf(group)), 0)
  return quantities.map(({ name }) => (name === 'activation_bytes' ? 4 * merges * elements : 0))
}

function elementsOf(shape: Shape | undefined): number {
  return shape ? shape.height * shape.width * shape.channels : 0
}
