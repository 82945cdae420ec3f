import type { FailureSlug } from '../../catalogue/index.js'
import type { Refusal, RefusedPlace } from '../../catalogue/refusal.js'
import type { Diagnostic, Label, SourceLocation } from '../diagnostics/diagnostic.js'
import { createReport } from '../diagnostics/report.js'
import type { BoundProgram } from '../names/bind.js'
import { clauseKey, clausesOf, type PlacedClause } from '../names/clauses.js'
import type { SearchSymbol } from '../names/symbol.js'
import type * as ast from '../syntax/ast.js'
import { walk } from '../syntax/visit.js'

/** Of failures that do not name it: the clause, or the setting, that they speak of. */
const clauseOf: Partial<Record<FailureSlug, string>> = {
  'second-order-of-passes': 'train choices: second_order',
  'frozen-throughout': 'train choices: frozen',
  'retrains-what-is-not-searched': 'retrain',
  'wrong-shares': 'train weights',
  'clause-missing': 'relax',
  'no-validation': 'derive',
  'no-rule': 'derive',
  'derivation-not-alone': 'derive',
  'no-option-weights': 'relax',
  'samples-nothing': 'minimise',
  'pass-not-run': 'minimise',
  'cells-misplaced': 'cells',
  'not-relaxed': 'relax',
  'relaxes-nothing': 'relax',
  'phase-opens-nothing': 'sample',
  'no-disjoint-paths': 'sample',
  'contrast-does-not-fit': 'minimise',
  'views-do-not-fit': 'views',
  'idle-teacher': 'teacher',
  'no-order': 'sample',
  'not-strictly-fair': 'sample',
  'trains-nothing-on': 'derive',
  'trains-what-nothing-judges': 'score',
  'more-than-labels': 'minimise',
  'too-few-epochs': 'derive',
  'nothing-to-draw': 'sample',
}

/** What where and how a run is begun may still decide. */
const openYet: ReadonlySet<FailureSlug> = new Set(['setting-missing', 'other-measurements'])

/**
 * What a run would refuse, at the place in the text that it is about. What a command line can still say, such as `epochs`, or
 * another machine, is a warning.
 */
export function diagnoseRefusals(program: BoundProgram, refusals: readonly Refusal[]): readonly Diagnostic[] {
  const report = createReport()
  const own = program.modules.get(program.graph.entry)?.own.values() ?? []
  const searches = new Map([...own].flatMap((each) => (each.kind === 'search' ? [[each.name, each] as const] : [])))
  const told = new Set<string>()
  for (const { search, scale, failure, place } of refusals) {
    const symbol = searches.get(search)
    if (symbol === undefined) continue
    const found = partOf(program, symbol, scale, place ?? placeSaidBy(failure))
    const written = found?.location ?? { file: symbol.location.file, span: symbol.declaration.name.span }
    // What cannot be meant in one scale, or where it was first written, need not be said again.
    const key = JSON.stringify([failure.slug, failure.help, written])
    if (told.has(key)) continue
    told.add(key)
    const { location, labels } = placeOf(symbol, found?.search ?? symbol, written)
    const slug = openYet.has(failure.slug) ? 'search-incomplete' : 'search-refused'
    const values = { search, what: failure.message.replace(/\.$/u, '') }
    const notes = scale === undefined ? [] : [`under \`scale ${scale}\``]
    report.add(slug, location, values, { help: failure.help, labels, notes })
  }
  return report.diagnostics
}

/** What is taken over from another search is told where that is said. */
function placeOf(
  symbol: SearchSymbol,
  writer: SearchSymbol,
  written: SourceLocation,
): { readonly location: SourceLocation; readonly labels: readonly Label[] } {
  const { like } = symbol.declaration
  if (writer === symbol || like === undefined) return { location: written, labels: [] }
  return {
    location: { file: symbol.location.file, span: like.span },
    labels: [{ ...written, text: `taken over from ${writer.name}` }],
  }
}

interface Part {
  readonly location: SourceLocation
  /** In which it is written. */
  readonly search: SearchSymbol
}

/** Text in which the part may stand. */
interface Passage {
  readonly node: ast.Node
  readonly file: string
  readonly search: SearchSymbol
  /** It is what the failure speaks of, and not only the place where settings stand. */
  readonly isClause?: boolean
}

type SaidPlace = Pick<RefusedPlace, 'clause'> & Partial<RefusedPlace>

function placeSaidBy({ slug, values }: Refusal['failure']): SaidPlace {
  const said = (...names: readonly string[]): string | undefined =>
    names.flatMap((name) => (values[name] === undefined ? [] : [String(values[name])]))[0]
  const quoted = /`(\w+)`/u.exec(said('what') ?? '')?.[1]
  const [component, argument] = [said('component', 'relaxation', 'derivation') ?? quoted, said('argument')]
  return {
    clause: clauseOf[slug] ?? said('clause') ?? '',
    ...(component !== undefined && { component }),
    ...(argument !== undefined && { argument }),
  }
}

/** The smallest part of a search that a failure names. */
function partOf(
  program: BoundProgram,
  symbol: SearchSymbol,
  scale: string | undefined,
  { clause: whole, component, argument, text }: SaidPlace,
): Part | undefined {
  const [clause = '', setting] = whole.replaceAll('`', '').split(': ')
  const names = [setting, component, argument].filter((name) => name !== undefined)
  const passages = passagesOf(program, symbol, clause, scale)
  let best: { readonly part: Part; readonly matched: number } | undefined
  for (const { node, file, search, isClause = false } of passages) {
    const { span, matched } = innermost(node, names, text)
    // A setting that is not the one meant says nothing of it.
    if (matched === 0 && !isClause) continue
    if (best === undefined || matched > best.matched) best = { part: { location: { file, span }, search }, matched }
  }
  return best?.part
}

/** Goes down from name to name, as far as they are there; of a text that is meant, to where it stands. */
function innermost(
  node: ast.Node,
  names: readonly string[],
  text: string | undefined,
): { readonly span: ast.Node['span']; matched: number } {
  const found = [node]
  for (const name of names) {
    const [last = node] = found
    // The one argument of a setting is hardly ever named: `epochs 50`.
    const inside = named(last, name) ?? (last.kind === 'value-setting' && found.length > 1 ? last.value : undefined)
    if (inside !== undefined) found.unshift(inside)
  }
  const matched = found.length - 1
  // What tails say of a component stands around its call.
  const written = text === undefined ? undefined : found.map((each) => textIn(each, text)).find((each) => each)
  return { span: spanOf(written ?? found[0] ?? node), matched }
}

function textIn(around: ast.Node, text: string): ast.Node | undefined {
  let found: ast.Node | undefined
  walk(around, (node) => {
    if (node.kind === 'string' && node.value === text) found = node
  })
  return found
}

function spanOf(node: ast.Node): ast.Node['span'] {
  return node.kind === 'argument' ? node.value.span : node.span
}

/** The part of a text that a name stands for: a setting, a component with its arguments, an argument. */
function named(text: ast.Node, name: string): ast.Node | undefined {
  let found: ast.Node | undefined
  walk(text, (node, parent) => {
    if (found !== undefined || (node.kind === 'block-setting' && node !== text)) return false
    if (node.kind === 'name-expression' && node.name.text === name) {
      const isHead =
        parent?.kind === 'call' ? parent.callee === node : parent?.kind === 'phrase' && parent.head === node
      found = isHead && parent !== undefined ? parent : node
    }
    if (node.kind === 'value-setting' && node.name.text === name) found = node
    if (node === text) return true
    if (node.kind === 'argument' && node.label?.text === name) found = node
    if (node.kind === 'tail' && node.word.text === name) found = node
    return found === undefined
  })
  return found
}

/** Where a clause is written, the text that counts first. */
function passagesOf(
  program: BoundProgram,
  symbol: SearchSymbol,
  clause: string,
  scale: string | undefined,
): readonly Passage[] {
  const placed = [...clausesOf(program.likeOf, symbol)].reverse()
  const word = clause.replace(/\s.*$/u, '')
  const ofScale = placed.flatMap((each) =>
    each.clause.kind === 'scale' && each.clause.name.text === scale ? suppliedBy(program, each, each.clause) : [],
  )
  if (word === 'retrain') {
    const blocks = ofScale.flatMap((passage) => blocksIn(program, passage, 'retrain'))
    const own = placed.flatMap((each) => (each.clause.kind === 'retrain' ? suppliedBy(program, each, each.clause) : []))
    return [...blocks, ...own].map((passage) => ({ ...passage, isClause: true }))
  }
  const exact = placed.filter((each) => clauseKey(each.clause) === clause)
  const alike = exact.length > 0 ? exact : placed.filter((each) => clauseKey(each.clause) === word)
  const settings = placed.filter(({ clause: { kind } }) => kind === 'value-setting')
  const passages = (all: readonly PlacedClause[]): readonly Passage[] =>
    all.map(({ clause: node, search }) => ({ node, file: search.location.file, search }))
  const isClause = alike.some(({ clause: { kind } }) => kind !== 'value-setting' && kind !== 'scale')
  const around = [...ofScale, ...passages(settings)]
  return isClause ? [...passages(alike).map((passage) => ({ ...passage, isClause })), ...around] : around
}

/** The settings that stand in a clause, and those that it names. */
function suppliedBy(
  program: BoundProgram,
  { search }: Pick<PlacedClause, 'search'>,
  { settings, named: name }: ast.SuppliedSettings,
): readonly Passage[] {
  const own = settings === undefined ? [] : [{ node: settings, file: search.location.file, search }]
  const resolution = name && program.references.resolutionOf(name)
  if (resolution?.kind !== 'symbol' || resolution.symbol.kind !== 'settings') return own
  const { declaration, location } = resolution.symbol
  return [...own, { node: declaration.settings, file: location.file, search }]
}

function blocksIn(program: BoundProgram, { node, file, search }: Passage, name: string): readonly Passage[] {
  if (node.kind !== 'settings') return []
  return node.items.flatMap((item) =>
    item.kind === 'block-setting' && item.name.text === name
      ? suppliedBy(program, { search }, item).map((each) => (each.node === item.settings ? { ...each, file } : each))
      : [],
  )
}
