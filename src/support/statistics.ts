export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The middle one, or the mean of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const above = sorted[middle] ?? NaN
  return sorted.length % 2 === 1 ? above : ((sorted[middle - 1] ?? NaN) + above) / 2
}

/** Of a sample: divided by one less than there are values, so NaN of a single one. */
export function standardDeviation(values: readonly number[]): number {
  const middle = mean(values)
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1))
}

export interface Spread {
  readonly mean: number
  /** Of a sample (over n - 1); null of a single value. */
  readonly deviation: number | null
  readonly least: number
  readonly greatest: number
}

export function spreadOf(values: readonly number[]): Spread {
  return {
    mean: mean(values),
    deviation: values.length > 1 ? standardDeviation(values) : null,
    least: Math.min(...values),
    greatest: Math.max(...values),
  }
}
