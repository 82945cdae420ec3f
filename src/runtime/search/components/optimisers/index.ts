import { lookUp } from '../lookup.js'
import { readArguments } from '../reader.js'
import type { ComponentUse } from '../use.js'
import { adam } from './adam.js'
import type { Optimiser, OptimiserComponent } from './optimiser.js'
import { sgd } from './sgd.js'

/** Optimisers by their names in `std:search`. */
export const optimisers: Readonly<Record<string, OptimiserComponent>> = { adam, sgd }

/** @param decaysKernelsOnly weight decay leaves out scales, shifts and biases */
export function openOptimiser(use: ComponentUse, clause: string, decaysKernelsOnly = false): Optimiser {
  const { emission, learningRate } = lookUp(optimisers, use, 'optimiser', clause)(readArguments(use, clause))
  return { emission: decaysKernelsOnly ? { ...emission, decaysKernelsOnly } : emission, learningRate }
}
