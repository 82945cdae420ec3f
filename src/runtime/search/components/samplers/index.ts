import { lookUp } from '../lookup.js'
import { readArguments } from '../reader.js'
import type { ComponentUse } from '../use.js'
import { all } from './all.js'
import type { Sampler, SamplerComponent } from './sampler.js'

/** Samplers by their names in `std:search`. */
export const samplers: Readonly<Record<string, SamplerComponent>> = { all }

export function openSampler(use: ComponentUse, clause: string): Sampler {
  return lookUp(samplers, use, 'sampler', clause)(readArguments(use, clause))
}
