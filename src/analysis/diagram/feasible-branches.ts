import type { ElaborationFailure } from '../../space/limits/elaboration-failure.js'
import type { DecisionTree, Selection } from './decision-tree.js'

export interface FeasibleBranch<T> {
  readonly selections: readonly Selection[]
  readonly value: T
}

/** The paths of a computation that agree with what is known and give a value; the failures of the others are handed on. */
export function feasibleBranches<T>(
  tree: DecisionTree<T>,
  known: (path: string) => readonly number[] | undefined,
  fail: (failure: ElaborationFailure, selections: readonly Selection[]) => void,
): readonly FeasibleBranch<T>[] {
  return tree.paths(known).flatMap(({ selections, result }): FeasibleBranch<T>[] => {
    if ('value' in result) return [{ selections, value: result.value }]
    fail(result.failure, selections)
    return []
  })
}
