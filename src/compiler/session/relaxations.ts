import type { Decision } from '../../space/index.js'
import type { Relaxation, IrSearch } from '../../ir/model/search.js'
import type { Report } from '../diagnostics/report.js'
import { suggest } from '../diagnostics/suggest.js'
import type { Provenance } from '../lower/lowering.js'

/** Relaxations that need numbers, and what they do with them. */
const ofNumbers: Readonly<Record<string, string>> = {
  mask: 'masks the largest of several numbers',
  slice: 'slices the largest of several weights',
  subsample: 'scales a picture to several sizes',
}

/** Every `relax` must speak of a choice that the space has, and in a way that has a meaning for it. */
export function checkRelaxations(
  search: IrSearch,
  decisions: readonly Decision[],
  provenance: Provenance,
  report: Report,
): void {
  for (const relaxation of search.relax) {
    const location = provenance.get(relaxation)
    if (location === undefined) continue
    const meant = decisionsMeant(relaxation, decisions)
    if (meant.length === 0) {
      const kinds = [...new Set(decisions.map(({ kind: what }) => what))]
      report.add(
        'nothing-to-relax',
        location,
        { what: relaxation.what },
        {
          notes: [kinds.length === 0 ? 'the space has no choices' : `choices of the space: ${kinds.join(', ')}`],
          ...suggest(relaxation.what, kinds, location),
        },
      )
      continue
    }
    const component = relaxation.by.kind === 'component' ? relaxation.by.component.replace(/^.*\./, '') : ''
    const reason = ofNumbers[component]
    const unordered = meant.find(({ values }) => values === undefined)
    if (reason === undefined || unordered === undefined || relaxation.what === 'all') continue
    report.add('illegal-combination', location, {
      what: `${relaxation.what} by ${component}`,
      reason: `${component} ${reason}, and ${unordered.path} is a choice between ${unordered.options.slice(0, 3).join(', ')}, …`,
    })
  }
}

function decisionsMeant({ what }: Relaxation, decisions: readonly Decision[]): readonly Decision[] {
  if (what === 'all') return decisions
  // Connections are the sources of nodes together with the operations on them.
  if (what === 'connections')
    return decisions.filter(
      (decision) => decision.kind === 'from' && decision.options.some((option) => option.includes(' of ')),
    )
  return decisions.filter(
    ({ kind, path }) =>
      kind === what || path === what || path.replace(/\.layer\[\d+\]/g, '') === what || path.startsWith(`${what}.`),
  )
}
