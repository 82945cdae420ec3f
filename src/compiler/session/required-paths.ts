import { isOutdated, requireFaults, type RequireFault } from '../../analysis/index.js'
import { printExpression, printValue, resolveParams } from '../../space/index.js'
import type { Ir } from '../../ir/model/ir.js'
import type { IrSpace } from '../../ir/model/space.js'
import type { SourceLocation } from '../diagnostics/diagnostic.js'
import type { Report } from '../diagnostics/report.js'
import { suggest } from '../diagnostics/suggest.js'
import { baseOf, type Findings } from './constraints.js'
import type { Provenance } from '../lower/lowering.js'

/** As many paths as a message lists. */
const mostListed = 8

/** Reports paths in the `require`s of a space that stand for nothing, or for more than one thing. Says whether all are well. */
export function checkRequiredPaths(
  ir: Ir,
  space: IrSpace,
  provenance: Provenance,
  report: Report,
  findings: Findings,
): boolean {
  // Of a space that is rewritten, decisions and options that it had before may be gone.
  const faults = requireFaults(ir, space.id, { params: resolveParams(ir, {}) }).filter(
    (fault) => !isOutdated(fault) || space.base === undefined,
  )
  const told = findings.get(baseOf(ir, space)?.id ?? '')
  const own = findings.get(space.id) ?? new Set<string>()
  findings.set(space.id, own)
  for (const fault of faults) {
    const location = provenance.get(fault.expression) ?? provenance.get(space)
    const finding = `${fault.kind} ${location?.file ?? ''} ${location?.span.start ?? 0}`
    own.add(finding)
    if (location && told?.has(finding) !== true) reportFault(space, fault, location, provenance, report)
  }
  return faults.every(({ kind }) => kind === 'two-readings')
}

function reportFault(
  space: IrSpace,
  fault: RequireFault,
  location: SourceLocation,
  provenance: Provenance,
  report: Report,
): void {
  switch (fault.kind) {
    case 'unknown': {
      const { path } = fault.expression
      const notes = [`paths that have a value: ${listed(fault.near)}`]
      report.add(
        'unknown-required',
        location,
        { space: space.name, path },
        { notes, ...suggest(path, fault.near, location) },
      )
      return
    }
    case 'several': {
      const { path } = fault.expression
      report.add('several-required', location, { path, count: fault.paths.length, paths: listed(fault.paths) })
      return
    }
    case 'unlike-places': {
      const { expression, other } = fault
      const first = provenance.get(other)
      const labels = first === undefined ? [] : [{ ...first, text: 'the other one' }]
      report.add('unlike-places', location, { path: expression.path, other: other.path }, { labels })
      return
    }
    case 'no-option': {
      const { expression, value, path, decisions } = fault
      // Inputs and what is chosen with them are written as strings.
      const written = (option: string): string =>
        expression.kind === 'string' && !option.startsWith('"') ? `"${option}"` : option
      const options = [...new Set(decisions.flatMap((decision) => decision.options.map(written)))]
      const option = printValue(value)
      const notes = [`options: ${listed(options)}`]
      report.add('no-required-option', location, { option, path }, { notes, ...suggest(option, options, location) })
      return
    }
    case 'two-readings': {
      const { expression, path, other } = fault
      const options = listed(fault.options)
      report.add('two-readings', location, { name: printExpression(expression), path, options, other })
      return
    }
    case 'nothing':
      report.add('nothing-to-aggregate', location, { function: fault.expression.function })
  }
}

function listed(paths: readonly string[]): string {
  return `${paths.slice(0, mostListed).join(', ')}${paths.length > mostListed ? ', …' : ''}`
}
