import { paramsOf, resolveEntries, verifyExpectations, type Claim } from '../../architectures/index.js'
import { decisionsOf, unmetConstraints } from '../../analysis/index.js'
import type { Ir, IrArchitecture } from '../../ir/model/ir.js'
import { ElaborationFailure, inAllLayers, type Decision } from '../../space/index.js'
import { formatCount } from '../../support/format-quantity.js'
import type { SourceLocation } from '../diagnostics/diagnostic.js'
import type { Report } from '../diagnostics/report.js'
import type { LoweredProgram } from '../lower/lower.js'
import { listed, reportFaults, type Verification } from './entry-faults.js'

/**
 * Says whether an architecture is one of its space: every entry takes options of decisions that there are, none is left open,
 * and it satisfies all constraints. Everything that is wrong with entries is reported at once.
 *
 * @param isWhole false if some of its entries have errors already: what follows from all of them together is not said
 * @throws Failure if its space cannot be built under its params
 */
export function verifyArchitecture(
  ir: Ir,
  architecture: IrArchitecture,
  program: LoweredProgram,
  report: Report,
  isWhole: boolean,
): boolean {
  const params = paramsOf(ir, architecture)
  const decisions = decisionsOf(ir, architecture.space, { params })
  const verification: Verification = { ir, architecture, program, report, decisions }
  const { architecture: selected, claims, faults, reached } = resolveEntries(ir, architecture, params, decisions)
  reportFaults(verification, faults)
  if (faults.length > 0 || !isWhole) return false

  if (reached instanceof ElaborationFailure) throw reached
  if (reached.open.size > 0) {
    const paths = openPaths([...reached.open.keys()], [...reached.all.keys()])
    report.add('left-open', nameOf(verification), { name: architecture.name, paths: listed(paths) })
    return false
  }
  reportIdle(verification, [...claims.values()], reached.all)
  const unmet = unmetConstraints(ir, selected, params)
  for (const { text, require } of unmet) {
    const required = program.provenance.get(require)
    const labels = required === undefined ? [] : [{ ...required, text: 'required here' }]
    const what = `${architecture.name} does not satisfy \`${text}\``
    report.add('unfit-architecture', nameOf(verification), { what }, { labels })
  }
  return unmet.length === 0
}

/** Proves what a sound architecture expects. */
export function verifyCosts(ir: Ir, architecture: IrArchitecture, program: LoweredProgram, report: Report): void {
  for (const { expectation, found, holds } of verifyExpectations(ir, [architecture])) {
    if (holds) continue
    report.add(
      'unmet-expectation',
      program.locationOf(expectation),
      {
        expected: expectation.text.replace(/^expect\s+/, '').replace(/\s+/g, ' '),
        found: formatCount(found, '_'),
      },
      { label: `${architecture.name} has ${formatCount(found, '_')}` },
    )
  }
}

/** Entries that say nothing: the network has none of the decisions that they bind. */
function reportIdle(
  { report, architecture, program }: Verification,
  claims: readonly Claim[],
  reached: ReadonlyMap<string, Decision>,
): void {
  const parts = new Map<object, Claim[]>()
  for (const claim of claims) {
    const part = claim.entry.kind === 'layers' ? (claim.options[0]?.at ?? claim.entry) : claim.entry
    parts.set(part, [...(parts.get(part) ?? []), claim])
  }
  for (const [part, of] of parts) {
    const [first] = of
    if (first === undefined || of.some(({ decision }) => reached.has(decision.path))) continue
    const { path } = first.decision
    report.add('idle-binding', program.locationOf(part), { path, architecture: architecture.name })
  }
}

function nameOf({ program, architecture }: Verification): SourceLocation {
  return program.locationOf(architecture.assignments)
}

/** What is left open, as it would be bound: in one for all layers where none of them is bound. */
function openPaths(open: readonly string[], all: readonly string[]): readonly string[] {
  const bound = new Set(all.filter((path) => !open.includes(path)).map(inAllLayers))
  return open
    .map((path) => (bound.has(inAllLayers(path)) ? path : inAllLayers(path)))
    .map((path) => path.replace(/\.(from|through\[.*\])$/u, ''))
}
