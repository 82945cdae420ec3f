import { Failure } from '../../catalogue/failure.js'
import { evaluate, resolveParams, type ParamValues, type Value } from '../../space/index.js'
import { scalesOf, searchOverrides } from '../../space/evaluation/param-overrides.js'
import { isComponent, isList } from '../../space/evaluation/value.js'
import type { Expression } from '../../ir/model/expression.js'
import type { Ir } from '../../ir/model/ir.js'
import type { IrSearch, Settings } from '../../ir/model/search.js'
import type { Report } from '../diagnostics/report.js'
import type { LoweredProgram } from '../lower/lower.js'
import { reportContradiction } from './report-contradiction.js'

/**
 * Choices that are frozen in all epochs that there are would never be trained, in any scale of the search; without scales, under its
 * own settings. One `frozen` is reported once.
 */
export function checkFrozenEpochs(
  ir: Ir,
  search: IrSearch,
  program: Pick<LoweredProgram, 'provenance' | 'takenOver'>,
  report: Report,
): void {
  const told = new Set<Expression>()
  for (const [scale, settings] of scalesOf(search)) {
    const found = frozenThroughout(ir, search, settings)
    if (found === undefined || told.has(found.part)) continue
    told.add(found.part)
    const { part, frozen, epochs } = found
    const what = `\`frozen ${String(frozen)}\``
    const reason = `the choices would not be trained in any of ${String(epochs)} ${epochs === 1 ? 'epoch' : 'epochs'}`
    const notes = scale === undefined ? [] : [`under \`scale ${scale}\``]
    reportContradiction(program, { parts: [part], what, reason, notes }, report)
  }
}

interface Found {
  readonly part: Expression
  readonly frozen: number
  readonly epochs: number
}

function frozenThroughout(ir: Ir, search: IrSearch, scale: Settings | undefined): Found | undefined {
  const own = search.train.find(({ variables }) => variables === 'choices')?.settings
  const said = (name: string): Expression | undefined => scale?.values[name] ?? search.settings.values[name]
  const [part, ofEpochs] = [said('frozen') ?? own?.values['frozen'], said('epochs')]
  if (part === undefined || ofEpochs === undefined) return undefined
  try {
    const params = resolveParams(ir, searchOverrides(ir, search, scale))
    const [frozen, epochs] = [numberOf(ir, part, 'epochs', params), numberOf(ir, ofEpochs, 'count', params)]
    return frozen !== undefined && epochs !== undefined && frozen >= epochs ? { part, frozen, epochs } : undefined
  } catch (error) {
    // That a param has no such value is told where it stands.
    if (error instanceof Failure) return undefined
    throw error
  }
}

/** What a setting says. */
function numberOf(ir: Ir, setting: Expression, argument: string, params: ParamValues): number | undefined {
  const value: Value = evaluate(ir, setting, params)
  if (typeof value !== 'object' || isList(value) || !isComponent(value)) return undefined
  const given = value.arguments[argument]
  return typeof given === 'number' ? given : undefined
}
