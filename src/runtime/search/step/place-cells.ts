import { Failure } from '../../../catalogue/failure.js'
import type { Ir } from '../../../ir/model/ir.js'
import { describeFault, placementFaults, relaxedCopies } from '../../../space/binding/placement.js'
import { cellCopies } from '../../../space/network/cell-copies.js'
import type { ParamValues } from '../../../space/evaluation/params.js'
import { openPlacement } from '../components/cells/index.js'
import type { SearchPlan } from '../settings/plan.js'

/**
 * Copies of cells that evaluate everything; undefined: nothing is said of copies, and all do.
 *
 * @throws Failure NAS7590 where the placements do not fit the copies that there are
 */
export function placeCells(ir: Ir, plan: SearchPlan, params: ParamValues): ReadonlySet<string> | undefined {
  if (plan.cells === undefined) return undefined
  const copies = cellCopies(ir, plan.space, params)
  const placements = plan.cells.map((use) => openPlacement(use, 'cells'))
  const [fault] = placementFaults(copies, placements)
  if (fault === undefined) return relaxedCopies(copies, placements)
  throw new Failure('cells-misplaced', { search: plan.search, what: describeFault(fault, copies) })
}
