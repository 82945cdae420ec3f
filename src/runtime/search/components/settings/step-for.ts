import type { StepSpec } from '../../../plan/step.js'
import type { ComponentUse } from '../component-use.js'
import { openSampler } from '../samplers/index.js'

/**
 * What a step does for the networks of a sampler, by the name of a pass. A network that is alone in its step has it in any case.
 *
 * @param clause by which failures name the setting
 */
export function stepFor(
  by: ComponentUse,
  clause: string,
  step: Partial<StepSpec>,
): (pass?: string) => Partial<StepSpec> {
  const networks = openSampler(by, clause)
  return (pass) => (pass === undefined || networks.covers(pass, new Set()) ? step : {})
}
