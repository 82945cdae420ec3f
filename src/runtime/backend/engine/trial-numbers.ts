/** Deterministic noise in [-0.5, 0.5), another for every seed. */
export function noise(count: number, seed: number): Float32Array {
  let state = (seed * 2654435761 + 12345) >>> 0
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state >>> 8) / 2 ** 24 - 0.5
  })
}

/** Greatest difference as a share of the greatest absolute value expected; infinite if a number or its place is missing. */
export function differenceOf(found: ArrayLike<number>, expected: Float32Array): number {
  if (found.length !== expected.length) return Infinity
  const greatest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6)
  return expected.reduce((most, value, i) => {
    const difference = Math.abs((found[i] ?? NaN) - value) / greatest
    return difference <= most ? most : Number.isNaN(difference) ? Infinity : difference
  }, 0)
}
