import type { RelaxationComponent } from './relaxation.js'

/** Every option is evaluated; the results are summed with the softmax of the logits (Liu et al., DARTS, eq. 2). */
export const softmax: RelaxationComponent = (read) => {
  const temperature = read.number('temperature', { above: 0 })
  return { bound: { kind: 'mix' }, distribution: { temperature, weights: (logits) => softmaxOf(logits, temperature) } }
}

/** Softmax in double precision: exp((l_i - max l) / temperature) / sum. */
export function softmaxOf(logits: ArrayLike<number>, temperature = 1): readonly number[] {
  const values = Array.from(logits)
  const greatest = Math.max(...values)
  const powers = values.map((value) => Math.exp((value - greatest) / temperature))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}
