import type { CostEmission } from '../../../plan/cost.js'
import type { CostUse } from '../formula.js'

/** A cost that a search can minimise. */
export type CostComponent = (use: CostUse) => CostEmission
