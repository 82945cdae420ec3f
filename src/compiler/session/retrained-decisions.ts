import { leftOutDecisions } from '../../analysis/index.js'
import type { Ir } from '../../ir/model/ir.js'
import type { IrSearch, Settings } from '../../ir/model/search.js'
import { overridesOf, searchOverrides } from '../../space/evaluation/param-overrides.js'
import { resolveParams } from '../../space/index.js'
import type { Report } from '../diagnostics/report.js'
import type { LoweredProgram } from '../lower/lower.js'

/**
 * What a search retrains must be chosen by it, at every scale: params may give the retraining cells and layers that the
 * searched network lacks.
 */
export function checkRetrainedDecisions(
  ir: Ir,
  search: IrSearch,
  { provenance, takenOver }: Pick<LoweredProgram, 'provenance' | 'takenOver'>,
  report: Report,
): void {
  for (const [scale, settings] of [['', undefined], ...Object.entries(search.scales)] as const) {
    const blocks = [search.retrain, settings?.blocks['retrain']].filter((block) => block !== undefined)
    const [first, ...others] = leftOut(ir, search, settings, blocks)
    if (first === undefined) continue
    // The params of the retraining are the ones that differ; those of the search may be defaults.
    const written = [...blocks.flatMap(paramsIn), ...paramsIn(search.settings), ...paramsIn(settings)]
    const location = written.map((param) => takenOver.get(param) ?? provenance.get(param)).find((each) => each)
    if (location === undefined) continue
    const count = 1 + others.length
    report.add('retrain-left-out', location, {
      search: search.name,
      scale: scale && ` at scale ${scale}`,
      count,
      first,
    })
  }
}

function leftOut(
  ir: Ir,
  search: IrSearch,
  scale: Settings | undefined,
  blocks: readonly Settings[],
): readonly string[] {
  if (blocks.length === 0) return []
  const own = searchOverrides(ir, search, scale)
  const searched = resolveParams(ir, own)
  const retrained = Object.assign({}, own, ...blocks.map((block) => overridesOf(ir, block, searched))) as typeof own
  return leftOutDecisions(ir, search.space, { searched, trained: resolveParams(ir, retrained) })
}

function paramsIn(settings: Settings | undefined): readonly object[] {
  return Object.values(settings?.params ?? {})
}
