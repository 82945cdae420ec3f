import type { Decider } from '../../../space/decisions/decider.js'
import type { Decision } from '../../../space/decisions/decision.js'
import type { Shape } from '../../../space/evaluation/shape.js'
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
  /** What it is in one instance of the group. */
  build(decider: Decider, group: InstanceGroup): BuiltPart
}

export interface BuiltPart {
  readonly costs: readonly number[]
  /** Of the map in which it ends. */
  readonly shape: Shape
  /** The choice of inputs that it belongs to, as it stands there. */
  readonly decision?: Decision | undefined
}

/** A part in all instances together. */
export interface InstanceParts {
  readonly costs: readonly number[]
  /** By group. */
  readonly shapes: readonly Shape[]
  /** Of the first group: instances share it. */
  readonly decision?: Decision | undefined
}

/** What a part is in all instances together, under every selection of the options in it. */
export type PartsOf = (part: CellPart, groups: readonly InstanceGroup[]) => DecisionTree<InstanceParts>

/** All instances of a cell have the same decisions, so one tree holds for all; equal parts have one tree. */
export function instanceParts(noCosts: readonly number[]): PartsOf {
  const trees = new Map<string, DecisionTree<InstanceParts>>()
  /** The same by groups, which states hand on to each other. */
  const treesByGroups = new WeakMap<readonly InstanceGroup[], Map<string, DecisionTree<InstanceParts>>>()
  const treeOf: PartsOf = (part, groups) => {
    const key = [
      part.key,
      ...groups.map((group) => `${group.copy.channels} ${part.inputs(group).map(shapeKey).join(' ')} ${group.times}`),
    ].join('\n')
    const known = trees.get(key)
    if (known) return known
    const tree = decisionTree((decider): InstanceParts => {
      const built = groups.map((group) => ({ ...part.build(decider, group), times: group.times }))
      return {
        costs: built.reduce((all, { costs, times }) => sum(all, costs, times), noCosts),
        shapes: built.map(({ shape }) => shape),
        decision: built[0]?.decision,
      }
    })
    trees.set(key, tree)
    return tree
  }
  return (part, groups) => {
    const ofGroups = treesByGroups.get(groups) ?? new Map<string, DecisionTree<InstanceParts>>()
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
  resultOf: (group: InstanceGroup, index: number) => Shape | undefined,
  merges = 1,
): readonly number[] {
  const elements = groups.reduce((all, group, index) => all + group.times * elementsOf(resultOf(group, index)), 0)
  return quantities.map(({ name }) => (name === 'activation_bytes' ? 4 * merges * elements : 0))
}

function elementsOf(shape: Shape | undefined): number {
  return shape ? shape.height * shape.width * shape.channels : 0
}
