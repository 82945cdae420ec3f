/** Numbers that count architectures: exact below 2^53 as numbers, any size as bigints. */
export interface Arithmetic<N> {
  readonly zero: N
  readonly one: N
  add(a: N, b: N): N
  times(a: N, b: N): N
  minus(a: N, b: N): N
  less(a: N, b: N): boolean
  of(count: bigint): N
  big(count: N): bigint
}

export const numbers: Arithmetic<number> = {
  zero: 0,
  one: 1,
  add: (a, b) => a + b,
  times: (a, b) => a * b,
  minus: (a, b) => a - b,
  less: (a, b) => a < b,
  of: Number,
  big: BigInt,
}

export const bigints: Arithmetic<bigint> = {
  zero: 0n,
  one: 1n,
  add: (a, b) => a + b,
  times: (a, b) => a * b,
  minus: (a, b) => a - b,
  less: (a, b) => a < b,
  of: (count) => count,
  big: (count) => count,
}

/** How many ways have which cost: keys ascend, and no count is zero. */
export interface Sums<N> {
  readonly keys: Float64Array
  readonly counts: readonly N[]
}

export const noKeys = new Float64Array(0)

export interface Part<N> {
  readonly sums: Sums<N>
  readonly shift: number
  readonly times: N
}

/** All sums together, each shifted and multiplied. Undefined if there would be more than `most` keys. */
export function combined<N>(arithmetic: Arithmetic<N>, parts: readonly Part<N>[], most: number): Sums<N> | undefined {
  const [first] = parts
  if (!first) return { keys: noKeys, counts: [] }
  if (parts.length === 1) return shifted(arithmetic, first)
  const half = parts.length >> 1
  const left = combined(arithmetic, parts.slice(0, half), most)
  const right = left && combined(arithmetic, parts.slice(half), most)
  if (!right) return undefined
  const merged = merge(arithmetic, left, right)
  return merged.keys.length > most ? undefined : merged
}

function shifted<N>(arithmetic: Arithmetic<N>, { sums, shift, times }: Part<N>): Sums<N> {
  const keys = shift === 0 ? sums.keys : sums.keys.map((key) => key + shift)
  if (times === arithmetic.one) return { keys, counts: sums.counts }
  return { keys, counts: sums.counts.map((count) => arithmetic.times(count, times)) }
}

function merge<N>(arithmetic: Arithmetic<N>, a: Sums<N>, b: Sums<N>): Sums<N> {
  const keys = new Float64Array(a.keys.length + b.keys.length)
  const counts: N[] = []
  let [i, j, size] = [0, 0, 0]
  while (i < a.keys.length || j < b.keys.length) {
    const left = i < a.keys.length ? (a.keys[i] ?? 0) : Infinity
    const right = j < b.keys.length ? (b.keys[j] ?? 0) : Infinity
    keys[size++] = Math.min(left, right)
    if (left < right) counts.push(a.counts[i++] ?? arithmetic.zero)
    else if (right < left) counts.push(b.counts[j++] ?? arithmetic.zero)
    else counts.push(arithmetic.add(a.counts[i++] ?? arithmetic.zero, b.counts[j++] ?? arithmetic.zero))
  }
  return { keys: keys.slice(0, size), counts }
}

/** Number of keys below a value. */
export function below(keys: Float64Array, value: number): number {
  let [low, high] = [0, keys.length]
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
export function prefixSums<N>(arithmetic: Arithmetic<N>, counts: readonly N[]): readonly N[] {
  const prefix: N[] = [arithmetic.zero]
  let total = arithmetic.zero
  for (const count of counts) prefix.push((total = arithmetic.add(total, count)))
  return prefix
}
