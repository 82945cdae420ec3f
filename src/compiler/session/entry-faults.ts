import { describeArity, type EntryFault } from '../../architectures/index.js'
import type { Assignment, Ir, IrArchitecture } from '../../ir/model/ir.js'
import { withoutLayers, type Decision } from '../../space/index.js'
import { pathSegments } from '../../space/decisions/decision-path.js'
import { spaceOf } from '../../space/expressions/definitions.js'
import { plural } from '../../support/format-quantity.js'
import { nearValues } from '../../support/near-values.js'
import type { Label, SourceLocation } from '../diagnostics/diagnostic.js'
import type { Report } from '../diagnostics/report.js'
import { suggest, suggestNames } from '../diagnostics/suggest.js'
import type { LoweredProgram } from '../lower/lower.js'
import { locateFailure } from './locate.js'

/** An architecture that is verified, and where its parts stand. */
export interface Verification {
  readonly ir: Ir
  readonly architecture: IrArchitecture
  readonly program: LoweredProgram
  readonly report: Report
  /** Of the space, under the params of the architecture. */
  readonly decisions: readonly Decision[]
}

type FaultOf<K extends EntryFault['kind']> = Extract<EntryFault, { kind: K }>

/** Reports all faults. What an entry says of several decisions alike, such as all layers of a stage, is told once. */
export function reportFaults(verification: Verification, faults: readonly EntryFault[]): void {
  const reported = new Set<string>()
  for (const fault of faults) {
    const { file, span } = locationOf(verification, fault)
    const key = JSON.stringify([fault.kind, file, span, 'text' in fault ? fault.text : ''])
    if (!reported.has(key)) reportFault(verification, fault)
    reported.add(key)
  }
}

/** The smallest part of the text that says what is wrong. */
function locationOf({ program }: Verification, fault: EntryFault): SourceLocation {
  return program.locationOf('at' in fault ? fault.at : fault.entry)
}

function reportFault(verification: Verification, fault: EntryFault): void {
  const { report, architecture, program } = verification
  const location = locationOf(verification, fault)
  const { name } = architecture
  switch (fault.kind) {
    case 'no-decision':
      reportPath(verification, fault.entry)
      return
    case 'no-layer': {
      const path = `${fault.entry.path} in layer ${fault.layer}`
      const notes = [`decisions: ${listed(fault.decisions.map((decision) => decision.path))}`]
      report.add('unknown-decision', location, { path, architecture: name }, { notes })
      return
    }
    case 'no-source':
      reportSource(verification, fault, fault.source, fault.sources)
      return
    case 'no-option':
      reportOption(verification, fault)
      return
    case 'taken-twice': {
      const { text, decision, entry, first } = fault
      const labels = [{ ...program.locationOf(first), text: 'taken here first' }]
      const what = `${name} takes \`${text}\` twice for \`${decision.path}\``
      if (entry.kind === 'edges') report.add('source-twice', location, { name: text, node: last(entry) }, { labels })
      else report.add('unfit-architecture', location, { what }, { labels })
      return
    }
    case 'wrong-count': {
      const { decision, entry, found } = fault
      const expected = describeArity(decision)
      const what = `${name} takes ${plural(found, 'option')} for \`${decision.path}\`, which takes ${expected}`
      const extras = { notes: [`options: ${decision.options.join(', ')}`], labels: nodeLabels(verification, entry) }
      if (entry.kind === 'edges') report.add('edge-count', location, { node: last(entry), expected, found }, extras)
      else report.add('unfit-architecture', location, { what }, extras)
      return
    }
    case 'bound-twice': {
      const labels = [{ ...program.locationOf(fault.first), text: 'bound here first' }]
      const { entry, path } = fault
      report.add('bound-twice', location, { path: entry.kind === 'edges' ? entry.path : path }, { labels })
      return
    }
    case 'no-value': {
      const what = fault.failure.message.replace(/\.$/, '')
      const help = fault.failure.slug === 'undefined-value' ? oneValue : fault.failure.help
      report.add('unfit-architecture', location, { what }, { help })
    }
  }
}

const oneValue = 'An architecture binds each decision to one value: write the one that it takes.'

function reportOption(verification: Verification, fault: FaultOf<'no-option'>): void {
  const { text, decision, entry } = fault
  const { options, path } = decision
  if (entry.kind === 'edges' && path === `${entry.path}.from` && !text.includes(' of ')) {
    reportSource(verification, fault, text, options)
    return
  }
  const location = locationOf(verification, fault)
  const near = suggestNames(nearValues(text, options), location)
  const notes = [`options: ${options.join(', ')}`, ...openNote(verification, text, decision)]
  const extras = { notes, labels: nodeLabels(verification, entry), ...near }
  verification.report.add('not-an-option', location, { option: text, path }, extras)
}

/** `block(3)` where the space has `block(one of {1, 3})`: what is open in an option is no part of its name. */
function openNote({ decisions }: Verification, text: string, { path, options }: Decision): readonly string[] {
  const name = text.replace(/\(.*$/su, '')
  const inside = decisions.filter((decision) => decision.path.startsWith(`${path}.`)).map((decision) => decision.path)
  if (name === text || !options.includes(name) || inside.length === 0) return []
  return [`\`${name}\` is named without what is open in it, which is decided by ${listed(inside)}`]
}

function reportSource(
  verification: Verification,
  fault: FaultOf<'no-option' | 'no-source'>,
  name: string,
  sources: readonly string[],
): void {
  const location = locationOf(verification, fault)
  const { entry } = fault
  const extras = {
    notes: [`${last(entry)} can take ${sources.join(', ')}`],
    labels: nodeLabels(verification, entry),
    ...suggest(name, sources, location),
  }
  verification.report.add('no-such-source', location, { name, node: last(entry) }, extras)
}

/** Where the node stands in the space whose edges an entry binds. */
function nodeLabels({ ir, architecture, program }: Verification, entry: Assignment): readonly Label[] {
  if (entry.kind !== 'edges') return []
  const { outer } = locateFailure(ir, spaceOf(ir, architecture.space), program.provenance, entry.path)
  return outer === undefined ? [] : [{ ...outer, text: 'the node in the space' }]
}

/** A path that no decision has, at the first of its parts that leads to none. */
function reportPath(verification: Verification, entry: Assignment): void {
  const { report, architecture, program, decisions } = verification
  const parts = program.paths.get(entry) ?? []
  const paths = decisions.flatMap(({ path }) => [path, withoutLayers(path)])
  const pathTo = (count: number): string =>
    parts
      .slice(0, count)
      .map(({ text }) => `${text}.`)
      .join('')
  const failing = parts.findIndex((_, index) => !paths.some((path) => `${path}.`.startsWith(pathTo(index + 1))))
  const part = parts[failing]
  const location = part?.location ?? program.locationOf(entry)
  const before = pathTo(part === undefined ? parts.length : failing)
  const behind = paths.flatMap((path) =>
    path.startsWith(before) ? pathSegments(path.slice(before.length)).slice(0, 1) : [],
  )
  const known = [...new Set(behind)]
  const what = before === '' ? 'the space decides' : `${before.slice(0, -1)} decides`
  const kinds = decisions.map(({ kind }) => kind)
  const extras = {
    notes: [known.length === 0 ? decisionsNote(verification) : `${what} ${listed(known)}`],
    ...(part === undefined ? {} : suggest(part.text, before === '' ? [...known, ...kinds] : known, location)),
  }
  if (entry.kind === 'edges') report.add('unknown-path', location, { name: part?.text ?? entry.path }, extras)
  else report.add('unknown-decision', location, { path: entry.path, architecture: architecture.name }, extras)
}

function decisionsNote({ decisions }: Verification): string {
  if (decisions.length === 0) return 'the space has no decisions'
  return `decisions: ${listed(decisions.flatMap(({ path }) => [path, withoutLayers(path)]))}`
}

/** `n2` of `normal.n2`. */
function last({ path }: Assignment): string {
  return pathSegments(path).at(-1) ?? path
}

/** Names, each once, and not too many. */
export function listed(names: readonly string[]): string {
  const unique = [...new Set(names)]
  return `${unique.slice(0, 12).join(', ')}${unique.length > 12 ? ', …' : ''}`
}
