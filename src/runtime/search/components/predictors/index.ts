import { lookUp } from '../lookup.js'
import { readArguments } from '../reader.js'
import type { ComponentUse } from '../component-use.js'
import { mlp } from './mlp.js'
import type { Predictor, PredictorComponent } from './predictor.js'

/** Predictors by their names in `std:search`. */
export const predictors: Readonly<Record<string, PredictorComponent>> = { mlp }

export function openPredictor(use: ComponentUse, clause: string): Predictor {
  return lookUp(predictors, use, 'predictor', clause)(readArguments(use, clause))
}
