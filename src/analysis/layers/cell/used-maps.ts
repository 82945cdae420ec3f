import { isInFrame, type CellFrame } from './cell-frame.js'
import { usedWith, type CellPlan } from './cell-plan.js'

/**
 * Maps of a frame that the output hangs on wherever it hangs on some of them, in ascending order. What a node reads without a
 * choice is known at once: states that only differ in when it is found out would not be merged.
 */
export function usedIn({ cell, nodes }: CellPlan, frame: CellFrame, names: readonly string[]): readonly string[] {
  const isThere = (name: string): boolean => isInFrame(cell, frame, name)
  const present = nodes.filter(({ name }) => isThere(name))
  return [...usedWith(present, names)].filter(isThere).sort()
}
