import type { Figures } from '../../run/events.js'

/** Sums over images, kept in checkpoints: a resumed run reports the same means. */
export interface Tally {
  /** Sum of the mean losses of batches, each times its images. */
  readonly loss: number
  /** Images that were classified rightly. */
  readonly hits: number
  readonly images: number
  /** What the objective tells beside its value, by name: not every pass of a step tells everything. */
  readonly figures: Readonly<Record<string, FigureTally>>
}

export interface FigureTally {
  /** Sum of the values at batches, each times its images. */
  readonly sum: number
  readonly images: number
}

/** By set of variables: `weights`, `choices`. */
export type Tallies = Readonly<Record<string, Tally>>

export function addTallies(sum: Tallies, more: Tallies): Tallies {
  const added = Object.entries(more).map(([name, { loss, hits, images, figures }]) => {
    const before = sum[name] ?? { loss: 0, hits: 0, images: 0, figures: {} }
    const told = Object.entries(figures).map(([figure, more]) => {
      const known = before.figures[figure] ?? { sum: 0, images: 0 }
      return [figure, { sum: known.sum + more.sum, images: known.images + more.images }] as const
    })
    const sums: Tally = {
      loss: before.loss + loss,
      hits: before.hits + hits,
      images: before.images + images,
      figures: { ...before.figures, ...Object.fromEntries(told) },
    }
    return [name, sums] as const
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

/** Means of what the objective tells beside its value: `cross_entropy.weights`, `macs_expected.choices`. */
export function figuresOf(tallies: Tallies): Figures {
  const figures = Object.entries(tallies).flatMap(([name, { figures: told }]) =>
    Object.entries(told).map(
      ([figure, { sum, images }]) => [`${figure.replaceAll('.', '_')}.${name}`, sum / images] as const,
    ),
  )
  return Object.fromEntries(figures)
}
