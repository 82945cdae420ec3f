import { lookUp } from '../lookup.js'
import { readArguments } from '../reader.js'
import type { ComponentUse } from '../component-use.js'
import { adam } from './adam.js'
import { adamw } from './adamw.js'
import type { Optimiser, OptimiserComponent } from './optimiser.js'
import { sgd } from './sgd.js'

/** Optimisers by their names in `std:search`. */
export const optimisers: Readonly<Record<string, OptimiserComponent>> = { adam, adamw, sgd }

/** What fits a predictor where the search does not say (reconstructed for LA-DARTS, arXiv 2001.06392). */
export const defaultPredictorOptimiser: ComponentUse = {
  component: 'adamw',
  arguments: {
    lr: { component: 'cosine', arguments: { range: { from: 1e-3, to: 0 }, smooth: true } },
    ...{ betas: [0.9, 0.999], decay: 0.01, epsilon: 1e-8 },
  },
}

export function openOptimiser(use: ComponentUse, clause: string): Optimiser {
  return lookUp(optimisers, use, 'optimiser', clause)(readArguments(use, clause))
}
