/** The lower triangle of a factor L of a symmetric positive definite matrix A = L Lᵀ, row by row. It grows by rows. */
export type Factor = Float64Array[]

/**
 * Adds a row and a column to the matrix that was factored.
 *
 * @param row of the matrix, as far as its diagonal
 */
export function appendRow(factor: Factor, row: ArrayLike<number>): void {
  const size = factor.length
  const added = new Float64Array(size + 1)
  for (let j = 0; j < size; j++) {
    const own = factor[j] ?? new Float64Array()
    let sum = row[j] ?? 0
    for (let k = 0; k < j; k++) sum -= (added[k] ?? 0) * (own[k] ?? 0)
    added[j] = sum / (own[j] ?? 1)
  }
  let square = row[size] ?? 0
  for (let k = 0; k < size; k++) square -= (added[k] ?? 0) ** 2
  // What rounding has made of a matrix that is hardly definite.
  added[size] = Math.sqrt(Math.max(square, 1e-12))
  factor.push(added)
}

/** x of L x = b. */
export function solveLower(factor: Factor, right: ArrayLike<number>): Float64Array {
  const found = new Float64Array(factor.length)
  factor.forEach((row, i) => {
    let sum = right[i] ?? 0
    for (let k = 0; k < i; k++) sum -= (row[k] ?? 0) * (found[k] ?? 0)
    found[i] = sum / (row[i] ?? 1)
  })
  return found
}
