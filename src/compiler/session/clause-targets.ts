import { targetedDecisions, type Decision } from '../../space/index.js'
import type { Ir } from '../../ir/model/ir.js'
import type { IrSearch, Relaxation, RelaxationBinding } from '../../ir/model/search.js'
import type { SourceLocation } from '../diagnostics/diagnostic.js'
import type { Report } from '../diagnostics/report.js'
import { suggest } from '../diagnostics/suggest.js'
import type { Provenance } from '../lower/lowering.js'

/** Bindings that need numbers, and what they do with them. */
const ofNumbers: Partial<Record<RelaxationBinding, string>> = {
  mask: 'masks the largest of several numbers',
  slice: 'slices the largest of several weights',
  subsample: 'scales a picture to several sizes',
}

/** Every clause must speak of a choice that the space has, and every `relax` in a way that has a meaning for it. */
export function checkClauseTargets(
  ir: Ir,
  search: IrSearch,
  decisions: readonly Decision[],
  provenance: Provenance,
  report: Report,
): void {
  for (const relaxation of search.relax) {
    const location = provenance.get(relaxation)
    if (location === undefined) continue
    const targeted = targetedDecisions(relaxation.target, decisions)
    if (targeted.length > 0 || relaxation.target === 'all') checkRelaxation(ir, relaxation, targeted, location, report)
    else reportIdle('nothing-to-relax', relaxation.target, decisions, location, report)
  }
  for (const rule of search.derive.rules) {
    const location = provenance.get(rule)
    if (location === undefined || rule.target === undefined) continue
    if (targetedDecisions(rule.target, decisions).length > 0) continue
    reportIdle('nothing-to-derive', rule.target, decisions, location, report)
  }
}

function reportIdle(
  slug: 'nothing-to-relax' | 'nothing-to-derive',
  target: string,
  decisions: readonly Decision[],
  location: SourceLocation,
  report: Report,
): void {
  const kinds = [...new Set(decisions.map(({ kind }) => kind))]
  report.add(
    slug,
    location,
    { what: target },
    {
      notes: [kinds.length === 0 ? 'the space has no choices' : `choices of the space: ${kinds.join(', ')}`],
      ...suggest(target, kinds, location),
    },
  )
}

function checkRelaxation(
  ir: Ir,
  { target, by }: Relaxation,
  targeted: readonly Decision[],
  location: SourceLocation,
  report: Report,
): void {
  const component = by.kind === 'component' ? ir.components.find(({ id }) => id === by.component) : undefined
  const reason = ofNumbers[component?.binding ?? 'mix']
  const unordered = targeted.find(({ values }) => values === undefined)
  if (!component || reason === undefined || unordered === undefined || target === 'all') return
  report.add('illegal-combination', location, {
    what: `${target} by ${component.name}`,
    reason: `${component.name} ${reason}, and ${unordered.path} is a choice between ${unordered.options.slice(0, 3).join(', ')}, …`,
  })
}
