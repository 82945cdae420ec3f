import type { Decision } from '../../../../space/decisions/decision.js'
import type { Candidate } from '../derivations/derivation.js'
import { createRandom } from '../../../random/random.js'
import { lastPosition, type TrainingPosition } from '../../../training/training-position.js'
import type { SampledPass, SampledSpace, Sampler } from './sampler.js'

const nothing: Candidate = { selected: {}, macs: 0, parameters: 0 }

/** A space in which nothing is chosen: networks are drawn of it for their names. */
const nameless: SampledSpace = {
  supernet: { binding: () => ({ kind: 'mix' }), key: '' },
  architecture: () => ({}),
  path: (name): SampledPass => ({ name, binding: () => ({ kind: 'mix' }), key: name, trains: true }),
  drawWithin: () => nothing,
  drawWithout: () => nothing,
  hasAnyWithin: () => true,
  decisions: [],
  member: () => undefined,
  hasConstraints: false,
  meetsConstraints: () => true,
}

/** The names of the passes of a step, epoch by epoch: they are the same whatever is drawn. */
export function passNames(
  sampler: Sampler,
  epochs: number,
  decisions: readonly Decision[],
): readonly (readonly string[])[] {
  const space = { ...nameless, decisions }
  return positionsOf(epochs).map((at) => sampler.passes(space, at, createRandom(0)).map(({ name }) => name))
}

/**
 * Draws as it is done in a step, but for constraints and ranges of costs, which only the analysis of all architectures can answer.
 *
 * @throws Failure as the sampler, where it finds no option that it could take of a decision
 */
export function checkDraws(
  sampler: Sampler,
  space: Pick<SampledSpace, 'supernet' | 'architecture' | 'path' | 'hasConstraints'>,
  decisions: readonly Decision[],
  epochs: number,
): void {
  for (const at of positionsOf(epochs)) for (const decision of decisions) sampler.open?.(decision, at)
  const { supernet, architecture, path, hasConstraints } = space
  sampler.passes(
    { ...nameless, decisions, supernet, architecture, path, hasConstraints },
    lastPosition(Math.max(1, epochs)),
    createRandom(0),
  )
}

/** The first step of every epoch. */
function positionsOf(epochs: number): readonly TrainingPosition[] {
  return Array.from({ length: epochs }, (_, epoch) => ({ ...lastPosition(epochs), epoch }))
}
