import { lastOf, prefixSums, type Arithmetic } from './sums.js'

/** A source of random 32-bit words: `Random` of the runtime is one. */
export interface RandomWords {
  word(): number
}

/** Words that look random, the same ones always: where any draw will do. */
export function createWords(): RandomWords {
  let state = 0x9e3779b9
  return {
    // Xorshift, Marsaglia 2003.
    word() {
      state ^= state << 13
      state ^= state >>> 17
      state ^= state << 5
      return state >>> 0
    },
  }
}

/** One of the options, each as likely as its weight says. */
export function pick<N, T>(
  arithmetic: Arithmetic<N>,
  random: RandomWords,
  options: readonly T[],
  weight: (option: T) => N,
): T {
  const prefix = prefixSums(arithmetic, options.map(weight))
  const drawn = uniform(arithmetic, random, lastOf(arithmetic, prefix))
  const option = options[lastAtMost(arithmetic, prefix, drawn)]
  if (option === undefined) throw new Error('a path that was counted is there')
  return option
}

/** Index of the entry that a number below the last prefix falls into. */
export function lastAtMost<N>(arithmetic: Arithmetic<N>, prefix: ArrayLike<N>, value: N): number {
  let [low, high] = [0, prefix.length - 1]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    const bound = prefix[middle]
    if (bound !== undefined && arithmetic.less(value, bound)) high = middle
    else low = middle
  }
  return low
}

/** In 0 … bound - 1, each equally likely. */
export function uniform<N>(arithmetic: Arithmetic<N>, random: RandomWords, bound: N): N {
  if (typeof bound === 'number' && bound >= 1 && bound <= 2 ** 32) {
    // The same words and the same numbers as below, in fewer steps.
    const usable = 2 ** 32 - (2 ** 32 % bound)
    for (;;) {
      const drawn = random.word()
      if (drawn < usable) return arithmetic.small(drawn % bound)
    }
  }
  const size = arithmetic.big(bound)
  if (size < 1n) throw new Error('a path that was counted is there')
  let words = 1
  while (1n << BigInt(32 * words) < size) words++
  const span = 1n << BigInt(32 * words)
  const usable = span - (span % size)
  for (;;) {
    let drawn = 0n
    for (let word = 0; word < words; word++) drawn = (drawn << 32n) | BigInt(random.word())
    if (drawn < usable) return arithmetic.of(drawn % size)
  }
}
