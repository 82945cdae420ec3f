import { Failure } from '../../../../catalogue/failure.js'
import type { CostEmission } from '../../../plan/cost.js'
import { printCost, type CostUse } from '../formula.js'
import { activationBytesExpected } from './activation-bytes-expected.js'
import type { CostComponent } from './cost.js'
import { macsExpected } from './macs-expected.js'
import { parametersExpected } from './parameters-expected.js'

/** Costs with their variants, as a program writes them. */
export const costs: Readonly<Record<string, CostComponent>> = {
  'activation_bytes.expected': activationBytesExpected,
  'macs.expected': macsExpected,
  'parameters.expected': parametersExpected,
}

/** @throws Failure NAS7540 where there is no such cost */
export function openCost(use: CostUse, clause: string): CostEmission {
  const { cost, variant } = use
  const name = variant === undefined ? cost : `${cost}.${variant}`
  const found = Object.hasOwn(costs, name) ? costs[name] : undefined
  if (found !== undefined) return found(use)
  const available = Object.keys(costs).join(', ')
  throw new Failure('cost-not-available', { clause, cost: printCost(use), available })
}
