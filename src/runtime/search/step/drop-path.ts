import type { Random } from '../../random/random.js'
import type { Span } from '../components/use.js'
import type { TrainingPosition } from '../components/schedules/schedule.js'

/** Probability that an edge is dropped: a straight line over the epochs, as in the code of DARTS. */
export function dropProbability({ from, to }: Span, { epoch, epochs }: TrainingPosition): number {
  return from + ((to - from) * epoch) / epochs
}

/**
 * One mask per droppable edge: an image's edge is kept with probability 1 - p and then divided by it, so that its mean
 * stays (Larsson et al., FractalNet, ICLR 2017, as DARTS uses it).
 * @param names of the masks of a step
 * @param random a stream of this step alone
 */
export function dropPathMasks(
  names: readonly string[],
  batch: number,
  span: Span,
  position: TrainingPosition,
  random: Random,
): Readonly<Record<string, Float32Array>> {
  const keep = 1 - dropProbability(span, position)
  const masks = names.map((name) => {
    const mask = new Float32Array(batch)
    return [name, keep === 1 ? mask.fill(1) : mask.map(() => (random.uniform() < keep ? 1 / keep : 0))] as const
  })
  return Object.fromEntries(masks)
}
