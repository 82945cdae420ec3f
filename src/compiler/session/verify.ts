import { ElaborationFailure, isBeyondBounds, withoutLayers, resolveParams, type Decision } from '../../space/index.js'
import { openDecisions, verifyExpectations, resolveArchitecture } from '../../architectures/index.js'
import { spaceOf } from '../../space/values/definitions.js'
import { decisionsOf } from '../../analysis/index.js'
import { RequireFailure, unmetConstraints } from '../../analysis/index.js'
import { Failure } from '../../catalogue/failure.js'
import type { Ir, IrArchitecture } from '../../ir/model/ir.js'
import type { IrSpace } from '../../ir/model/space.js'
import type { Outcome, SourceLocation } from '../diagnostics/diagnostic.js'
import { createReport, type Report } from '../diagnostics/report.js'
import { suggest } from '../diagnostics/suggest.js'
import type { Provenance } from '../lower/lowering.js'
import { locateFailure } from './locate.js'
import { verifyBuildable } from './buildable.js'
import { baseOf, verifyConstraints, type Findings } from './constraints.js'
import { checkRequiredPaths } from './required-paths.js'
import { checkClauseTargets } from './clause-targets.js'
import { formatCount } from '../../support/format-quantity.js'

/** Shapes, decisions and costs: what is known once spaces are built. */
export interface VerifiedProgram {
  readonly ir: Ir
}

/**
 * Builds every space with its params at their defaults, matches architectures against its decisions, and proves every
 * `expect`. Where a space cannot be built, nothing more is said of what stands on it.
 */
export function verify(ir: Ir, provenance: Provenance): Outcome<VerifiedProgram> {
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
    if (known !== undefined) checkClauseTargets(ir, search, known, provenance, report)
  }
  let sound = decisions.size === ir.spaces.length
  for (const architecture of ir.architectures) {
    const known = decisions.get(architecture.space)
    if (known === undefined) continue
    const space = spaceOf(ir, architecture.space)
    const verified = attempt(ir, space, provenance, report, () =>
      verifyArchitecture(ir, architecture, known, provenance, report),
    )
    sound = verified === true && sound
  }
  if (sound) verifyCosts(ir, provenance, report)
  return report.outcome({ ir })
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

/** Says whether the architecture takes one option of every decision, and none that does not exist. */
function verifyArchitecture(
  ir: Ir,
  architecture: IrArchitecture,
  decisions: readonly Decision[],
  provenance: Provenance,
  report: Report,
): boolean {
  const paths = decisions.flatMap(({ path }) => [path, withoutLayers(path)])
  let sound = true
  for (const assignment of architecture.assignments) {
    if (assignment.kind !== 'value' || paths.includes(assignment.path)) continue
    const location = placeOf(provenance, assignment, architecture)
    const near = suggest(assignment.path, paths, location)
    report.add(
      'unknown-decision',
      location,
      { path: assignment.path, architecture: architecture.name },
      {
        ...(near.help === undefined ? {} : { help: near.help }),
        notes: [`decisions: ${listed(paths)}`],
      },
    )
    sound = false
  }
  if (!sound) return false
  try {
    const params = resolveParams(ir, {})
    const resolved = resolveArchitecture(ir, architecture, params)
    const open = openDecisions(ir, resolved, params)
    if (open.size > 0) {
      const location = placeOf(provenance, architecture.assignments, architecture)
      const { name } = architecture
      const paths = new Set([...open.keys()].map((path) => withoutLayers(path.replace(/\.(from|through\[.*\])$/, ''))))
      report.add('left-open', location, { name, paths: listed([...paths]) })
      return false
    }
    const unmet = unmetConstraints(ir, resolved, params)
    for (const { text, require } of unmet) {
      const required = provenance.get(require)
      report.add(
        'unfit-architecture',
        placeOf(provenance, architecture.assignments, architecture),
        { what: `${architecture.name} does not satisfy \`${text}\`` },
        { labels: required === undefined ? [] : [{ ...required, text: 'required here' }] },
      )
    }
    return unmet.length === 0
  } catch (error) {
    if (!(error instanceof Failure) || isBeyondBounds(error)) throw error
    const location = placeOf(provenance, blamed(architecture, error) ?? architecture.assignments, architecture)
    report.add('unfit-architecture', location, { what: error.message.replace(/\.$/, '') }, { help: error.help })
    return false
  }
}

/** The assignment whose path a failure quotes. */
function blamed(architecture: IrArchitecture, failure: Failure): object | undefined {
  return architecture.assignments.find(({ path }) => {
    const quoted = [...failure.message.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '')
    return quoted.some((each) => each === path || withoutLayers(each) === path || each.startsWith(`${path}.`))
  })
}

function verifyCosts(ir: Ir, provenance: Provenance, report: Report): void {
  for (const architecture of ir.architectures) {
    const space = ir.spaces.find(({ id }) => id === architecture.space)
    if (space === undefined) continue
    if (architecture.expects.length === 0) continue
    const proofs = attempt(ir, space, provenance, report, () => verifyExpectations(ir, [architecture]))
    for (const { expectation, found, holds } of proofs ?? []) {
      if (holds) continue
      report.add(
        'unmet-expectation',
        placeOf(provenance, expectation, architecture),
        { expected: wordsOf(expectation.text), found: formatCount(found, '_') },
        { label: `${architecture.name} has ${formatCount(found, '_')}` },
      )
    }
  }
}

function placeOf(provenance: Provenance, part: object, otherwise: object): SourceLocation {
  const location = provenance.get(part) ?? provenance.get(otherwise)
  if (location === undefined) throw new Error('a part of the IR without a place')
  return location
}

/** `parameters = 3_349_342` of `with cells = 20 expect parameters = 3_349_342`. */
function wordsOf(text: string): string {
  return text.replace(/^.*?\bexpect\s+/s, '').replace(/\s+/g, ' ')
}

function listed(paths: readonly string[]): string {
  const unique = [...new Set(paths)]
  return `${unique.slice(0, 12).join(', ')}${unique.length > 12 ? ', …' : ''}`
}
