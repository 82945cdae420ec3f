import type { Random } from './random.js'

/** The standard Gumbel distribution, -log(-log u) of a uniform u; two words. */
export function gumbelNoise(random: Random): number {
  // 1 - u lies in (0, 1].
  return -Math.log(Math.max(Number.MIN_VALUE, -Math.log(1 - random.uniform())))
}
