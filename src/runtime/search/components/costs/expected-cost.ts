import { openCostOf, type OpenCostName } from '../../../../space/cost/open-cost.js'
import { printCost } from '../formula.js'
import type { CostComponent } from './cost.js'
import { emitExpectation } from './expectation.js'

/** What an architecture costs in the mean, drawn by the weights of the options as they are. */
export function expectedCost(cost: OpenCostName): CostComponent {
  return (use) => {
    const name = printCost(use)
    return {
      key: name,
      emit: (pass) => emitExpectation(pass, openCostOf(pass.costed, cost, name, use.convention), name),
    }
  }
}
