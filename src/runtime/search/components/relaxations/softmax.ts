import { Failure } from '../../../../ir/failure.js'
import type { RelaxationComponent } from './relaxation.js'

/** Every option is evaluated; the results are summed with the softmax of the logits (Liu et al., DARTS, eq. 2). */
export const softmax: RelaxationComponent = (read) => {
  const temperature = read.number('temperature', { above: 0 })
  if (temperature !== 1) {
    throw new Failure(
      'NAS7503',
      `\`softmax\` in \`${read.clause}\` has the temperature ${String(temperature)}; supernets are planned with temperature 1 so far`,
      'Leave the temperature out, or set it to 1.',
    )
  }
  return { bound: { kind: 'mix' }, weights: softmaxOf }
}

/** Softmax in double precision: exp(l_i - max l) / sum. */
export function softmaxOf(logits: ArrayLike<number>): readonly number[] {
  const values = Array.from(logits)
  const greatest = Math.max(...values)
  const powers = values.map((value) => Math.exp(value - greatest))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}
