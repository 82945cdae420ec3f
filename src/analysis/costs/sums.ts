/** Numbers that count architectures: exact below 2^53 as numbers, any size as bigints. */
export interface Arithmetic<N> {
  readonly zero: N
  readonly one: N
  add(a: N, b: N): N
  times(a: N, b: N): N
  minus(a: N, b: N): N
  less(a: N, b: N): boolean
  of(count: bigint): N
  /** Of a count below 2^53. */
  small(count: number): N
  big(count: N): bigint
  /** Many zeros. */
  row(length: number): Row<N>
}

/** Counts in a row, which can be written. */
export interface Row<N> {
  readonly length: number
  [index: number]: N
}

export const numbers: Arithmetic<number> = {
  zero: 0,
  one: 1,
  add: (a, b) => a + b,
  times: (a, b) => a * b,
  minus: (a, b) => a - b,
  less: (a, b) => a < b,
  of: Number,
  small: (count) => count,
  big: BigInt,
  row: (length) => new Float64Array(length),
}

export const bigints: Arithmetic<bigint> = {
  zero: 0n,
  one: 1n,
  add: (a, b) => a + b,
  times: (a, b) => a * b,
  minus: (a, b) => a - b,
  less: (a, b) => a < b,
  of: (count) => count,
  small: BigInt,
  big: (count) => count,
  row: (length) => new Array<bigint>(length).fill(0n),
}

/** How many paths have which cost: keys ascend, and no count is zero. */
export interface Sums<N> {
  readonly keys: Float64Array
  readonly counts: ArrayLike<N>
}

export const noKeys = new Float64Array(0)

export interface Term<N> {
  readonly sums: Sums<N>
  readonly shift: number
  readonly times: N
}

/** How far sums may be told apart. */
export interface Resolution {
  /** Keys are rounded down to whole ones of these: a power of two. */
  readonly grain: number
  /** No more keys than this are made. */
  readonly most: number
  /** Is told how many were. */
  readonly spend: (keys: number) => void
}

/** All sums together, each shifted and multiplied. Undefined if there would be too many keys. */
export function combined<N>(
  arithmetic: Arithmetic<N>,
  parts: readonly Term<N>[],
  resolution: Resolution,
): Sums<N> | undefined {
  const [first] = parts
  if (!first) return { keys: noKeys, counts: [] }
  const { grain, most, spend } = resolution
  if (parts.length === 1) {
    spend(first.sums.keys.length)
    return rounded(arithmetic, shifted(arithmetic, first), grain)
  }
  const half = parts.length >> 1
  const left = combined(arithmetic, parts.slice(0, half), resolution)
  const right = left && combined(arithmetic, parts.slice(half), resolution)
  if (!right) return undefined
  spend(left.keys.length + right.keys.length)
  const merged = merge(arithmetic, left, right)
  return merged.keys.length > most ? undefined : merged
}

function shifted<N>(arithmetic: Arithmetic<N>, { sums, shift, times }: Term<N>): Sums<N> {
  const keys = shift === 0 ? sums.keys : sums.keys.map((key) => key + shift)
  const { counts } = sums
  if (times === arithmetic.one) return { keys, counts }
  const multiplied = arithmetic.row(counts.length)
  for (let index = 0; index < counts.length; index++) {
    multiplied[index] = arithmetic.times(counts[index] ?? arithmetic.zero, times)
  }
  return { keys, counts: multiplied }
}

function rounded<N>(arithmetic: Arithmetic<N>, sums: Sums<N>, grain: number): Sums<N> {
  if (grain === 1) return sums
  const keys = new Float64Array(sums.keys.length)
  const counts = arithmetic.row(keys.length)
  let size = 0
  for (let index = 0; index < keys.length; index++) {
    const key = Math.floor((sums.keys[index] ?? 0) / grain) * grain
    const count = sums.counts[index] ?? arithmetic.zero
    if (size > 0 && keys[size - 1] === key)
      counts[size - 1] = arithmetic.add(counts[size - 1] ?? arithmetic.zero, count)
    else {
      keys[size] = key
      counts[size++] = count
    }
  }
  return { keys: keys.slice(0, size), counts: firstOf(arithmetic, counts, size) }
}

function merge<N>(arithmetic: Arithmetic<N>, a: Sums<N>, b: Sums<N>): Sums<N> {
  const keys = new Float64Array(a.keys.length + b.keys.length)
  const counts = arithmetic.row(keys.length)
  let [i, j, size] = [0, 0, 0]
  let left = a.keys[0] ?? Infinity
  let right = b.keys[0] ?? Infinity
  while (left < Infinity || right < Infinity) {
    keys[size] = left < right ? left : right
    let count = arithmetic.zero
    const [takesLeft, takesRight] = [left <= right, right <= left]
    if (takesLeft) {
      count = a.counts[i] ?? arithmetic.zero
      left = a.keys[++i] ?? Infinity
    }
    if (takesRight) {
      const other = b.counts[j] ?? arithmetic.zero
      count = takesLeft ? arithmetic.add(count, other) : other
      right = b.keys[++j] ?? Infinity
    }
    counts[size++] = count
  }
  return { keys: keys.slice(0, size), counts: firstOf(arithmetic, counts, size) }
}

function firstOf<N>(arithmetic: Arithmetic<N>, row: Row<N>, length: number): Row<N> {
  if (row.length === length) return row
  const first = arithmetic.row(length)
  for (let index = 0; index < length; index++) first[index] = row[index] ?? arithmetic.zero
  return first
}

/** The sums between two keys, ends included. */
export function sliced<N>(arithmetic: Arithmetic<N>, sums: Sums<N>, least: number, most: number): Sums<N> {
  const { keys, counts } = sums
  const [low, high] = [below(keys, least), below(keys, most + 1)]
  if (low === 0 && high === keys.length) return sums
  if (high <= low) return { keys: noKeys, counts: [] }
  const kept = arithmetic.row(high - low)
  for (let index = low; index < high; index++) kept[index - low] = counts[index] ?? arithmetic.zero
  return { keys: keys.slice(low, high), counts: kept }
}

/** The sums of which a condition on their keys is true. */
export function selected<N>(arithmetic: Arithmetic<N>, sums: Sums<N>, isSelected: (key: number) => boolean): Sums<N> {
  const keys = new Float64Array(sums.keys.length)
  const counts = arithmetic.row(keys.length)
  let size = 0
  for (let index = 0; index < keys.length; index++) {
    const key = sums.keys[index] ?? 0
    if (!isSelected(key)) continue
    keys[size] = key
    counts[size++] = sums.counts[index] ?? arithmetic.zero
  }
  return size === keys.length ? sums : { keys: keys.slice(0, size), counts: firstOf(arithmetic, counts, size) }
}

/** Number of keys below a value. */
export function below(keys: Float64Array, value: number): number {
  let [low, high] = [0, keys.length]
  // Often a value lies on one side of all of them.
  if (high === 0 || (keys[0] ?? 0) >= value) return 0
  if ((keys[high - 1] ?? 0) < value) return high
  while (low < high) {
    const middle = (low + high) >> 1
    if ((keys[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Count of a key, or zero. */
export function countAt<N>(arithmetic: Arithmetic<N>, { keys, counts }: Sums<N>, key: number): N {
  const index = below(keys, key)
  return keys[index] === key ? (counts[index] ?? arithmetic.zero) : arithmetic.zero
}

/** `prefix[i]`: counts of the first i keys. */
export function prefixSums<N>(arithmetic: Arithmetic<N>, counts: ArrayLike<N>): ArrayLike<N> {
  const prefix = arithmetic.row(counts.length + 1)
  let total = arithmetic.zero
  for (let index = 0; index < counts.length; index++) {
    total = arithmetic.add(total, counts[index] ?? arithmetic.zero)
    prefix[index + 1] = total
  }
  return prefix
}

/** The last of sums, which is the sum of all. */
export function lastOf<N>(arithmetic: Arithmetic<N>, prefix: ArrayLike<N>): N {
  return prefix[prefix.length - 1] ?? arithmetic.zero
}
