import { lookUp } from '../lookup.js'
import { readArguments } from '../reader.js'
import type { ComponentUse } from '../component-use.js'
import { all } from './all.js'
import { attentive } from './attentive.js'
import { largest } from './largest.js'
import { others } from './others.js'
import { phase, progressive } from './progressive.js'
import type { Sampler, SamplerComponent } from './sampler.js'
import { sandwich } from './sandwich.js'
import { smallest } from './smallest.js'
import { strictFairness } from './strict-fairness.js'
import { twoDisjointPaths } from './two-disjoint-paths.js'
import { uniform } from './uniform.js'

/** Samplers by their names in `std:search`. */
export const samplers: Readonly<Record<string, SamplerComponent>> = {
  all,
  attentive,
  largest,
  others,
  phase,
  progressive,
  sandwich,
  smallest,
  strict_fairness: strictFairness,
  two_disjoint_paths: twoDisjointPaths,
  uniform,
}

/** What a step trains where a search does not say. */
export const defaultSampler: ComponentUse = { component: 'all', arguments: {} }

export function openSampler(use: ComponentUse, clause: string): Sampler {
  return lookUp(samplers, use, 'sampler', clause)(readArguments(use, clause))
}
