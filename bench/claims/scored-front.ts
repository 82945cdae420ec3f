import type { ArchitectureScored } from '../../src/runtime/run/events.js'

/** Scored architectures in order of their cost, with the best accuracy that any of at most that cost has. */
export type ScoredFront = readonly { readonly macs: number; readonly accuracy: number; readonly best: number }[]

export function frontOf(scored: readonly ArchitectureScored[]): ScoredFront {
  let best = 0
  return scored
    .toSorted((a, b) => a.macs - b.macs)
    .map(({ macs, scores }) => {
      const accuracy = scores['accuracy'] ?? NaN
      best = Math.max(best, accuracy)
      return { macs, accuracy, best }
    })
}

/**
 * Mean height of a front between two costs.
 *
 * @throws Error where nothing was scored
 */
export function areaUnder(front: ScoredFront, from = front[0]?.macs ?? 0, to = front.at(-1)?.macs ?? 0): number {
  if (front.length === 0) throw new Error('nothing was scored')
  const area = front.reduce((sum, { macs, best }, place) => {
    const [left, right] = [Math.max(macs, from), Math.min(front[place + 1]?.macs ?? to, to)]
    return sum + best * Math.max(0, right - left)
  }, 0)
  return area / (to - from)
}
