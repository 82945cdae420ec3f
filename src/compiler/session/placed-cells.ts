import { Failure } from '../../catalogue/failure.js'
import { evaluate, printValue, resolveParams, type ParamValues, type Value } from '../../space/index.js'
import { describeFault, placementFaults, type Placement } from '../../space/binding/placement.js'
import { cellCopies } from '../../space/network/cell-copies.js'
import { scalesOf, searchOverrides } from '../../space/evaluation/param-overrides.js'
import { isComponent, isList } from '../../space/evaluation/value.js'
import type { Expression } from '../../ir/model/expression.js'
import type { Ir } from '../../ir/model/ir.js'
import type { IrSearch, Settings } from '../../ir/model/search.js'
import type { Report } from '../diagnostics/report.js'
import type { LoweredProgram } from '../lower/lower.js'
import { binds } from './component-of.js'
import { reportContradiction } from './report-contradiction.js'

/**
 * Placements of cells must fit the copies that there are, in every scale of the search; without scales, under its own params. What
 * is wrong in the same way in several scales is said once.
 */
export function checkPlacedCells(
  ir: Ir,
  search: IrSearch,
  program: Pick<LoweredProgram, 'provenance' | 'takenOver'>,
  report: Report,
): void {
  const [first] = search.cells
  if (first === undefined) return
  const told = new Set<string>()
  for (const [scale, settings] of scalesOf(search)) {
    const found = faultIn(ir, search, settings)
    if (found === undefined || told.has(found.reason)) continue
    told.add(found.reason)
    const params = Object.entries(found.params).map(([name, value]) => `${name} = ${printValue(value)}`)
    const notes =
      scale === undefined ? [] : [`under \`scale ${scale}\`${params.length > 0 ? `, with ${params.join(', ')}` : ''}`]
    reportContradiction(program, { parts: [found.part, first], what: '`cells`', reason: found.reason, notes }, report)
  }
}

interface Found {
  readonly reason: string
  readonly part: Expression
  /** Those that the search sets. */
  readonly params: ParamValues
}

/** The first fault under a scale. */
function faultIn(ir: Ir, search: IrSearch, scale: Settings | undefined): Found | undefined {
  try {
    const overrides = searchOverrides(ir, search, scale)
    const params = resolveParams(ir, overrides)
    const placements = search.cells.map((expression) => placementOf(ir, expression, params))
    const copies = cellCopies(ir, search.space, params)
    const [fault] = placementFaults(copies, placements)
    if (fault === undefined) return undefined
    const part = search.cells['placement' in fault ? placements.indexOf(fault.placement) : 0]
    return part && { reason: describeFault(fault, copies), part, params: overrides }
  } catch (error) {
    // That the space cannot be built so, or a param has no such value, is told where it stands.
    if (error instanceof Failure) return undefined
    throw error
  }
}

/** Of what is no placement at all. */
const nothing: Placement = { at: [], elsewhere: false, runs: 'relaxed' }

function placementOf(ir: Ir, expression: Expression, params: ParamValues): Placement {
  const value = evaluate(ir, expression, params)
  if (typeof value !== 'object' || isList(value) || !isComponent(value)) return nothing
  const { at = [], elsewhere } = value.arguments
  const runs = binds(ir, expression, 'derived') ? 'derived' : 'relaxed'
  return { at: numbersIn(at), elsewhere: elsewhere === true, runs }
}

function numbersIn(value: Value): readonly number[] {
  const items = typeof value === 'object' && isList(value) ? value : [value]
  return items.filter((item) => typeof item === 'number')
}
