/** More points than this on one line are not seen, and make the page heavy. */
export const mostPoints = 400

/** A point of a curve with its measured values by name. */
export interface CurvePoint {
  readonly epoch: number
  readonly values: Readonly<Record<string, number>>
}

/**
 * At most {@link mostPoints} points: the means of equal stretches of a longer curve, each at the mean of its epochs. All
 * points have the same names.
 */
export function thinCurve(points: readonly CurvePoint[]): readonly CurvePoint[] {
  if (points.length <= mostPoints) return points
  return Array.from({ length: mostPoints }, (_, part) => {
    const stretch = points.slice(
      Math.floor((part * points.length) / mostPoints),
      Math.floor(((part + 1) * points.length) / mostPoints),
    )
    const mean = (of: (point: CurvePoint) => number): number =>
      stretch.reduce((sum, point) => sum + of(point), 0) / stretch.length
    const names = Object.keys(stretch[0]?.values ?? {})
    return {
      epoch: mean(({ epoch }) => epoch),
      values: Object.fromEntries(names.map((name) => [name, mean(({ values }) => values[name] ?? 0)])),
    }
  })
}

/** At most `most` of the items, evenly spaced, the first and the last among them. */
export function thinList<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items
  return Array.from({ length: most }, (_, part) => items[Math.round((part * (items.length - 1)) / (most - 1))]).filter(
    (item) => item !== undefined,
  )
}
