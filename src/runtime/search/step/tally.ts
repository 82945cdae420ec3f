import type { Figures } from '../../run/events.js'

/** Sums over images, kept in checkpoints: a resumed run reports the same means. */
export interface Tally {
  /** Sum of the mean losses of batches, each times its images. */
  readonly loss: number
  /** Images that were classified rightly. */
  readonly hits: number
  readonly images: number
}

/** By set of variables: `weights`, `choices`. */
export type Tallies = Readonly<Record<string, Tally>>

export function addTallies(sum: Tallies, more: Tallies): Tallies {
  const added = Object.entries(more).map(([name, { loss, hits, images }]) => {
    const before = sum[name] ?? { loss: 0, hits: 0, images: 0 }
    return [name, { loss: before.loss + loss, hits: before.hits + hits, images: before.images + images }] as const
  })
  return { ...sum, ...Object.fromEntries(added) }
}

/** Mean loss and accuracy of each set of variables, as events tell them. */
export function scoresOf(tallies: Tallies): Figures {
  const scores = Object.entries(tallies).flatMap(([name, { loss, hits, images }]) => [
    [`loss.${name}`, loss / images] as const,
    [`accuracy.${name}`, hits / images] as const,
  ])
  return Object.fromEntries(scores)
}
