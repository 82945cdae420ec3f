import type { Claim } from './claim.js'
import { consistency } from './entrannas/consistency.js'
import { cost } from './entrannas/cost.js'

export const claims: readonly Claim[] = [consistency, cost]
