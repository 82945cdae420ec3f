import type { Decision } from '../../../../space/decisions/decision.js'
import { Failure } from '../../../../catalogue/failure.js'
import type { Random } from '../../../random/random.js'
import type { SampledPass, SampledSpace } from './sampler.js'

/**
 * Options of a decision, each as likely as any other: one, or as many of several as its arity allows, every set of them
 * equally likely.
 */
export function uniformOptions({ options, arity }: Decision, random: Random): readonly number[] {
  if (arity === undefined) return [random.integer(options.length)]
  const sizes = Array.from({ length: arity.most - arity.least + 1 }, (_, index) => arity.least + index)
  const counts = sizes.map((size) => binomial(options.length, size))
  let rest = random.uniform() * counts.reduce((sum, count) => sum + count, 0)
  const at = counts.findIndex((count) => (rest -= count) < 0)
  const size = sizes[at < 0 ? sizes.length - 1 : at] ?? arity.least
  return [...random.permutation(options.length)].slice(0, size).sort((a, b) => a - b)
}

/** The option with the largest (the smallest) value. @throws Failure where the options are no numbers */
export function extremeOption(decision: Decision, sign: 1 | -1, clause: string): readonly number[] {
  const { values, options } = decision
  if (options.length === 1) return [0]
  if (values === undefined) {
    throw new Failure('no-order', { clause, decision: decision.path, options: options.join(', ') })
  }
  const best = values.reduce((found, value, index) => (sign * value > sign * (values[found] ?? 0) ? index : found), 0)
  return [best]
}

/** The pass of the network that takes the largest (the smallest) option everywhere. @throws Failure as {@link extremeOption} */
export function extremePass(space: SampledSpace, name: string, sign: 1 | -1, clause: string): SampledPass {
  return space.path(
    name,
    space.architecture((decision) => extremeOption(decision, sign, clause)),
  )
}

function binomial(n: number, k: number): number {
  let product = 1
  for (let i = 1; i <= k; i++) product = (product * (n - k + i)) / i
  return product
}
