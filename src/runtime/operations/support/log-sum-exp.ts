/** The logarithm of the sum of the exponentials of logits, in double precision, kept from overflow by the largest. */
export function logSumExp(logits: ArrayLike<number>): number {
  const values = Array.from(logits)
  const largest = Math.max(...values)
  return largest + Math.log(values.reduce((total, value) => total + Math.exp(value - largest), 0))
}
