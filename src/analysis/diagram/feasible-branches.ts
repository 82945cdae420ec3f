import type { ElaborationFailure } from '../../space/values/elaboration-failure.js'
import type { DecisionTree, Taken } from './decision-tree.js'

export interface FittingWay<T> {
  readonly taken: readonly Taken[]
  readonly value: T
}

/** The ways of a computation that agree with what is known and give a value; the failures of the others are told. */
export function fittingWays<T>(
  tree: DecisionTree<T>,
  known: (path: string) => readonly number[] | undefined,
  fail: (failure: ElaborationFailure) => void,
): readonly FittingWay<T>[] {
  return tree.ways(known).flatMap(({ taken, result }): FittingWay<T>[] => {
    if ('value' in result) return [{ taken, value: result.value }]
    fail(result.failure)
    return []
  })
}
