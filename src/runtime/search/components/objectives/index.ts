import type { CostContext } from '../costs/cost.js'
import { lookUp } from '../lookup.js'
import { readArguments } from '../reader.js'
import type { ComponentUse } from '../component-use.js'
import { contrastive } from './contrastive.js'
import { crossEntropy } from './cross-entropy.js'
import { distill } from './distill.js'
import type { Objective, ObjectiveComponent } from './objective.js'
import { passiveAggressive } from './passive-aggressive.js'
import { sampled } from './sampled.js'
import { thresholdPressure } from './threshold-pressure.js'

/** Objectives by their names in `std:search`. */
export const objectives: Readonly<Record<string, ObjectiveComponent>> = {
  contrastive,
  cross_entropy: crossEntropy,
  distill,
  passive_aggressive: passiveAggressive,
  sampled,
  threshold_pressure: thresholdPressure,
}

/** @param name of this use of it in the search */
export function openObjective(
  use: ComponentUse,
  clause: string,
  name: string = use.component,
  context: CostContext = {},
): Objective {
  return lookUp(objectives, use, 'objective', clause)(readArguments(use, clause), { ...context, name })
}
