import { lookUp } from '../lookup.js'
import { readArguments } from '../reader.js'
import type { ComponentUse } from '../use.js'
import { crossEntropy } from './cross-entropy.js'
import { distill } from './distill.js'
import type { Objective, ObjectiveComponent } from './objective.js'
import { passiveAggressive } from './passive-aggressive.js'
import { thresholdPressure } from './threshold-pressure.js'

/** Objectives by their names in `std:search`. */
export const objectives: Readonly<Record<string, ObjectiveComponent>> = {
  cross_entropy: crossEntropy,
  distill,
  passive_aggressive: passiveAggressive,
  threshold_pressure: thresholdPressure,
}

export function openObjective(use: ComponentUse, clause: string): Objective {
  return lookUp(objectives, use, 'objective', clause)(readArguments(use, clause))
}
