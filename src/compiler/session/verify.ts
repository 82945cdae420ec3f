import { ElaborationFailure, isBeyondBounds, resolveParams, type Decision } from '../../space/index.js'
import { SharedPathFailure } from '../../space/decisions/path-owners.js'
import { spaceOf } from '../../space/expressions/definitions.js'
import { decisionsOf, RequireFailure } from '../../analysis/index.js'
import { Failure } from '../../catalogue/failure.js'
import type { Ir, IrArchitecture } from '../../ir/model/ir.js'
import type { IrSpace } from '../../ir/model/space.js'
import type { Outcome } from '../diagnostics/diagnostic.js'
import { createReport, type Report } from '../diagnostics/report.js'
import type { LoweredProgram } from '../lower/lower.js'
import type { Provenance } from '../lower/lowering.js'
import { verifyArchitecture, verifyCosts } from './architectures.js'
import { locateFailure } from './locate.js'
import { verifyBuildable } from './buildable.js'
import { baseOf, verifyConstraints, type Findings } from './constraints.js'
import { checkRequiredPaths } from './required-paths.js'
import { checkClauseTargets } from './clause-targets.js'
import { checkRetrainedDecisions } from './retrained-decisions.js'
import { checkComponentNeeds } from './component-needs.js'
import { checkCombinedClauses } from './combined-clauses.js'
import { checkPlacedCells } from './placed-cells.js'
import { checkSoftRelaxations } from './soft-relaxations.js'

/** Shapes, decisions and costs: what is known once spaces are built. */
export interface VerifiedProgram {
  /** Whether every space can be built and every search speaks of what there is. */
  readonly isSound: boolean
  /** Architectures that are none of their spaces. What they must cost is another matter: a number of the author. */
  readonly unsound: ReadonlySet<IrArchitecture>
}

/**
 * Builds every space with its params at their defaults, matches architectures against its decisions, and proves every
 * `expect`. Where a space cannot be built, nothing more is said of what stands on it.
 *
 * @param damaged architectures of which some entries are left out, because they have errors
 */
export function verify(
  ir: Ir,
  program: LoweredProgram,
  damaged: ReadonlySet<string> = new Set(),
): Outcome<VerifiedProgram> {
  const { provenance } = program
  const report = createReport()
  const params = resolveParams(ir, {})
  const decisions = new Map<string, readonly Decision[]>()
  const findings: Findings = new Map()
  // What is rewritten comes behind what it rewrites.
  const inOrder = [...ir.spaces].sort((a, b) => depthOf(ir, a) - depthOf(ir, b))
  for (const space of inOrder) {
    const found = attempt(ir, space, provenance, report, () => decisionsOf(ir, space.id, { params }))
    if (found === undefined) continue
    decisions.set(space.id, found)
    attempt(ir, space, provenance, report, () => verifyBuildable(ir, space, provenance, report, findings))
    attempt(ir, space, provenance, report, () => {
      if (checkRequiredPaths(ir, space, provenance, report, findings))
        verifyConstraints(ir, space, provenance, report, findings)
      else decisions.delete(space.id)
    })
  }
  for (const search of ir.searches) {
    const known = decisions.get(search.space)
    if (known === undefined) continue
    checkClauseTargets(ir, search, known, program, report)
    checkComponentNeeds(ir, search, known, program, report)
    attempt(ir, spaceOf(ir, search.space), provenance, report, () => {
      checkRetrainedDecisions(ir, search, program, report)
    })
    checkCombinedClauses(ir, search, known, program, report)
    checkPlacedCells(ir, search, program, report)
    attempt(ir, spaceOf(ir, search.space), provenance, report, () => {
      checkSoftRelaxations(ir, search, known, program, report)
    })
  }
  const isSound = !report.hasErrors()
  const unsound = new Set<IrArchitecture>()
  for (const architecture of ir.architectures) {
    if (!decisions.has(architecture.space)) continue
    const isWhole = !damaged.has(architecture.name)
    if (!verifyWhole(ir, architecture, program, report, isWhole)) unsound.add(architecture)
  }
  return report.outcome({ isSound, unsound })
}

/** Entries, constraints and costs of one architecture. */
function verifyWhole(
  ir: Ir,
  architecture: IrArchitecture,
  program: LoweredProgram,
  report: Report,
  isWhole: boolean,
): boolean {
  try {
    if (!verifyArchitecture(ir, architecture, program, report, isWhole)) return false
    verifyCosts(ir, architecture, program, report)
    return true
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const space = spaceOf(ir, architecture.space)
    if (isBeyondBounds(error) || error instanceof RequireFailure) {
      reportFailure(ir, space, program.provenance, report, error)
      return isBeyondBounds(error)
    }
    const isMisfit = error instanceof ElaborationFailure
    const { outer } = isMisfit ? locateFailure(ir, space, program.provenance, error.path) : {}
    const found = error.message.replace(/\.$/, '')
    const what = isMisfit ? `${architecture.name} cannot be built: ${found}` : found
    const labels = outer ? [{ ...outer, text: 'here' }] : []
    report.add(
      'unfit-architecture',
      program.locationOf(architecture.assignments),
      { what },
      { help: error.help, labels },
    )
    return false
  }
}

/** How many rewrites lead to a space from one of this program that is written out. */
function depthOf(ir: Ir, space: IrSpace): number {
  const base = baseOf(ir, space)
  return base ? 1 + depthOf(ir, base) : 0
}

function attempt<T>(ir: Ir, space: IrSpace, provenance: Provenance, report: Report, build: () => T): T | undefined {
  try {
    return build()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    reportFailure(ir, space, provenance, report, error)
    return undefined
  }
}

/** At the innermost place of the author's own text; the place inside of the library is the second one. */
function reportFailure(ir: Ir, space: IrSpace, provenance: Provenance, report: Report, failure: Failure): void {
  const required = failure instanceof RequireFailure ? provenance.get(failure.require) : undefined
  if (failure instanceof RequireFailure && required) {
    report.add('require-without-value', required, { what: failure.message.replace(/\.$/, '') })
    return
  }
  const [other, choice] =
    failure instanceof SharedPathFailure ? failure.choices.map((each) => provenance.get(each)) : []
  if (failure instanceof SharedPathFailure && choice && other) {
    report.add('shared-path', choice, { path: failure.path }, { labels: [{ ...other, text: 'the other one' }] })
    return
  }
  const path = failure instanceof ElaborationFailure ? failure.path : ''
  const { outer, inner } = locateFailure(ir, space, provenance, path)
  if (outer === undefined) throw failure
  const message = failure instanceof ElaborationFailure ? failure.what : failure.message
  report.add(
    isBeyondBounds(failure) ? 'unproved-space' : 'shape',
    outer,
    { space: space.name, what: message.replace(/\.$/, '') },
    {
      labels: inner === undefined ? [] : [{ ...inner, text: 'in this operation' }],
      notes: path === '' ? [] : [`at ${path}`],
      help: failure.help,
    },
  )
}
