import type { Random } from '../../../random/random.js'
import type { SampledSpace, SamplerComponent, Selection } from './sampler.js'
import { uniformOptions } from './select.js'

/**
 * One architecture per step (Guo et al., SPOS, ECCV 2020): of every choice each option is equally likely. Where the space
 * has constraints or a range of costs is asked for, all architectures within are equally likely; with bins, the bin is drawn
 * first, each that holds any equally likely.
 */
export const uniform: SamplerComponent = (read) => {
  const least = read.number('least', { least: 0 })
  const most = read.number('most', { above: 0 })
  const width = read.number('bins', { least: 0 })
  return {
    trains: 'paths',
    passes: (space, _at, random) => [space.path('uniform', drawn(space, random, { least, most, width }))],
    covers: (pass) => pass === 'uniform',
  }
}

interface Range {
  readonly least: number
  readonly most: number
  /** Of a bin; 0: none. */
  readonly width: number
}

/** All multiply-accumulates: what `uniform` says without bounds. */
const unbounded = 1e12

/** Of every choice each option equally likely, or where there are constraints, every architecture within. */
export function uniformPath(space: SampledSpace, random: Random): Selection {
  return space.hasConstraints
    ? space.drawWithin(random).selected
    : space.architecture((decision) => uniformOptions(decision, random))
}

function drawn(space: SampledSpace, random: Random, { least, most, width }: Range): Selection {
  const isBounded = least > 0 || most < unbounded
  if (!isBounded) return uniformPath(space, random)
  if (width === 0) return space.drawWithin(random, { least, most }).selected
  const count = Math.max(1, Math.ceil((most - least) / width))
  const bins = Array.from({ length: count }, (_, bin) => ({
    least: least + bin * width,
    most: bin === count - 1 ? most : least + (bin + 1) * width - 1,
  })).filter((bin) => space.hasAnyWithin(bin))
  return space.drawWithin(random, bins[random.integer(Math.max(1, bins.length))] ?? { least, most }).selected
}
