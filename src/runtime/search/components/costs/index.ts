import { Failure } from '../../../../catalogue/failure.js'
import type { CostEmission } from '../../../plan/cost.js'
import { printCost, type CostUse } from '../formula.js'
import { activationBytesEffective } from './activation-bytes-effective.js'
import { activationBytesExpected } from './activation-bytes-expected.js'
import { spaceOf, type CostComponent, type CostContext } from './cost.js'
import { macsEffective } from './macs-effective.js'
import { macsExpected } from './macs-expected.js'
import { parametersEffective } from './parameters-effective.js'
import { parametersExpected } from './parameters-expected.js'
import { predictedCost } from './predicted.js'

/** Costs with their variants, as a program writes them. */
export const costs: Readonly<Record<string, CostComponent>> = {
  'activation_bytes.effective': activationBytesEffective,
  'activation_bytes.expected': activationBytesExpected,
  'macs.effective': macsEffective,
  'macs.expected': macsExpected,
  'parameters.effective': parametersEffective,
  'parameters.expected': parametersExpected,
}

/** @throws Failure NAS7540 where there is no such cost, as the predictor where one of its arguments is wrong */
export function openCost(use: CostUse, clause: string, context: CostContext): CostEmission {
  const { predictor } = context
  const { cost, variant } = use
  if (predictor?.name === cost && variant !== 'effective') return predictedCost(use, predictor, () => spaceOf(context))
  const name = variant === undefined ? cost : `${cost}.${variant}`
  const found = Object.hasOwn(costs, name) ? costs[name] : undefined
  if (found !== undefined) return found(use)
  const ofPredictor = predictor === undefined ? [] : [`${predictor.name}.expected`, `${predictor.name}.reference`]
  const available = [...Object.keys(costs), ...ofPredictor].join(', ')
  throw new Failure('cost-not-available', { clause, cost: printCost(use), available })
}
