import { targetedDecisions, type Decision } from '../../space/index.js'
import { closestClause } from '../../space/binding/clause-target.js'
import { mostOptionSets, optionSets } from '../../space/decisions/option-sets.js'
import type { Ir } from '../../ir/model/ir.js'
import type { BindingWord, IrSearch, Relaxation } from '../../ir/model/search.js'
import type { Label, SourceLocation } from '../diagnostics/diagnostic.js'
import type { Report } from '../diagnostics/report.js'
import { suggest } from '../diagnostics/suggest.js'
import type { LoweredProgram } from '../lower/lower.js'
import { componentOf } from './component-of.js'

/** Bindings that need numbers, and what they do with them. */
const ofNumbers: Partial<Record<BindingWord, string>> = {
  mask: 'masks the largest of several numbers',
  slice: 'slices the largest of several weights',
  subsample: 'scales a picture to several sizes',
}

/** Every clause must speak of a choice that the space has, and every `relax` in a way that has a meaning for it. */
export function checkClauseTargets(
  ir: Ir,
  search: IrSearch,
  decisions: readonly Decision[],
  program: Pick<LoweredProgram, 'provenance' | 'takenOver'>,
  report: Report,
): void {
  for (const relaxation of search.relax) {
    const place = reportedAt(program, relaxation)
    if (place === undefined) continue
    const targeted = targetedDecisions(relaxation.target, decisions)
    if (targeted.length > 0 || relaxation.target === 'all')
      checkRelaxation(ir, search, relaxation, targeted, place, report)
    else reportIdle('nothing-to-relax', relaxation.target, decisions, place, report)
  }
  for (const rule of search.derive.rules) {
    const place = reportedAt(program, rule)
    if (place === undefined || rule.target === undefined) continue
    if (targetedDecisions(rule.target, decisions).length > 0) continue
    reportIdle('nothing-to-derive', rule.target, decisions, place, report)
  }
}

export interface ReportedAt {
  readonly location: SourceLocation
  readonly labels: readonly Label[]
}

/** Of a clause that a search takes over, where it says so: the clause itself may fit the space that it was written for. */
export function reportedAt(
  { provenance, takenOver }: Pick<LoweredProgram, 'provenance' | 'takenOver'>,
  part: object,
): ReportedAt | undefined {
  const written = provenance.get(part)
  const taken = takenOver.get(part)
  if (written === undefined) return undefined
  return taken === undefined
    ? { location: written, labels: [] }
    : { location: taken, labels: [{ ...written, text: 'taken over from here' }] }
}

function reportIdle(
  slug: 'nothing-to-relax' | 'nothing-to-derive',
  target: string,
  decisions: readonly Decision[],
  { location, labels }: ReportedAt,
  report: Report,
): void {
  const kinds = [...new Set(decisions.map(({ kind }) => kind))]
  report.add(
    slug,
    location,
    { what: target },
    {
      labels,
      notes: [kinds.length === 0 ? 'the space has no choices' : `choices of the space: ${kinds.join(', ')}`],
      // What stands elsewhere cannot be put right here.
      ...(labels.length === 0 ? suggest(target, kinds, location) : {}),
    },
  )
}

function checkRelaxation(
  ir: Ir,
  { relax }: IrSearch,
  relaxation: Relaxation,
  targeted: readonly Decision[],
  { location, labels }: ReportedAt,
  report: Report,
): void {
  const { target, by } = relaxation
  const component = componentOf(ir, by)
  if (component?.binding === 'sets' || component?.binding === 'gates') {
    const what = `${target} by ${component.name}`
    const own = targeted.filter((decision) => closestClause(relax, decision) === relaxation)
    const reason = own.map(whyNoSets).find((why) => why !== undefined)
    if (reason !== undefined) report.add('illegal-combination', location, { what, reason }, { labels })
    return
  }
  const reason = ofNumbers[component?.binding ?? 'mix']
  const unordered = targeted.find(({ values }) => values === undefined)
  if (!component || reason === undefined || unordered === undefined || target === 'all') return
  const options = unordered.options.slice(0, 3).join(', ')
  report.add(
    'illegal-combination',
    location,
    {
      what: `${target} by ${component.name}`,
      reason: `${component.name} ${reason}, and ${unordered.path} is a choice between ${options}, …`,
    },
    { labels },
  )
}

/** Why there can be no distribution over the sets that a choice may take. */
function whyNoSets({ path, options, arity }: Decision): string | undefined {
  if (arity === undefined) return `it is about sets of options, and ${path} takes exactly one`
  return optionSets({ options: options.length, ...arity }) === undefined
    ? `it writes out every set that ${path} may take of its ${options.length} options, more than ${mostOptionSets}`
    : undefined
}
