import type { ExploredDecision } from '../../../../space/architectures/exploration.js'
import { onlySelection } from '../../../../space/architectures/architecture.js'
import type { Decision } from '../../../../space/decisions/decision.js'
import type { SelectedOptions } from '../derivations/derivation.js'

/** The choices of a space, as architectures are told apart by them. */
export interface ChoiceSpace {
  /** All decisions, each with those that it hangs on. */
  readonly explored: readonly ExploredDecision[]
  /** Options that no architecture takes: `derive … except none`. */
  excluded(decision: Decision, option: number): boolean
}

/** Where the options of every decision stand in a vector of them all. Decisions with as many options stand together. */
export interface ChoiceLayout {
  readonly space: ChoiceSpace
  readonly decisions: readonly Decision[]
  /** Options of all decisions. */
  readonly size: number
  /** Of its first option. @throws Error (a defect) on another space's decision */
  readonly offsetOf: (path: string) => number
}

export function layoutOf(space: ChoiceSpace): ChoiceLayout {
  const decisions = space.explored
    .map(({ decision }) => decision)
    .toSorted((a, b) => a.options.length - b.options.length)
  const offsets = new Map<string, number>()
  let size = 0
  for (const { path, options } of decisions) {
    offsets.set(path, size)
    size += options.length
  }
  return {
    ...{ space, decisions, size },
    offsetOf(path) {
      const offset = offsets.get(path)
      if (offset === undefined) throw new Error(`the decision ${path} is not of this space`)
      return offset
    },
  }
}

/** 1 for every option that is taken, [size]. */
export function takenOptions(layout: ChoiceLayout, selected: SelectedOptions): Float32Array {
  const taken = new Float32Array(layout.size)
  for (const decision of layout.decisions) {
    const offset = layout.offsetOf(decision.path)
    for (const option of selected[decision.path] ?? onlySelection(decision) ?? []) taken[offset + option] = 1
  }
  return taken
}
