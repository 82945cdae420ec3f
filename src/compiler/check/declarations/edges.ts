import { suggest } from '../../diagnostics/suggest.js'
import type { LetSymbol } from '../../names/symbol.js'
import type * as ast from '../../syntax/ast.js'
import { locationOf, type Checker, type Rewritten } from '../checker.js'
import { foldNumber, foldOptions, foldValue, keyOf, printFolded } from '../expressions/fold.js'
import type { Instance } from './space-structure.js'
import { statesNamed, type CellNode, type Topology } from './topology.js'

/** The node whose edges an architecture binds. */
export interface BoundNode {
  readonly instance: Instance
  readonly topology: Topology
  readonly node: CellNode
  /** `n2` */
  readonly member: string
  readonly lets: ReadonlyMap<LetSymbol, Rewritten>
  /** Where a rewrite says that nodes take their inputs from. */
  readonly rewritten?: ast.Sources
}

/** `n2: sep_conv(3) of s0, skip of n1` */
export function checkEdges(checker: Checker, item: ast.EdgesItem, bound: BoundNode): void {
  const { instance, node, member, rewritten } = bound
  const there: Checker = {
    ...checker,
    file: rewritten === undefined ? instance.cell.location.file : checker.file,
    rewritten: bound.lets,
  }
  const from = node.declaration.clauses.find((clause) => clause.kind === 'from')
  const through = node.declaration.clauses.find((clause) => clause.kind === 'through')
  const sources = rewritten ?? (from?.kind === 'from' ? from.sources : undefined)
  const available = sources === undefined ? undefined : availableSources(there, sources, bound)
  const seen = new Map<string, ast.SourceReference>()
  for (const edge of item.edges) {
    const name = sourceText(checker, edge.source)
    checkSource(checker, edge.source, name, available, member)
    const key = sources?.operations === undefined ? name : undefined
    const first = key === undefined ? undefined : seen.get(key)
    if (key !== undefined && first !== undefined && key !== '') {
      checker.report.add(
        'source-twice',
        locationOf(checker, edge.source),
        { name: key, node: member },
        {
          labels: [{ ...locationOf(checker, first), text: 'taken here first' }],
        },
      )
    } else if (key !== undefined) seen.set(key, edge.source)
    const operations = sources?.operations ?? (through?.kind === 'through' ? through.operation : undefined)
    const home: Checker = sources?.operations === undefined ? { ...there, file: instance.cell.location.file } : there
    if (operations !== undefined) checkOperation(checker, edge.operation, home, operations)
  }
  if (sources !== undefined) checkCount(checker, there, item, sources, available, bound)
}

function sourceText(checker: Checker, source: ast.SourceReference): string {
  if (source.index === undefined) return source.name.text
  return `${source.name.text}${foldNumber(checker, source.index.index) ?? ''}`
}

function availableSources(there: Checker, sources: ast.Sources, bound: BoundNode): readonly string[] | undefined {
  const { topology, member } = bound
  if (sources.of.kind === 'listed') {
    const found: string[] = []
    for (const { name, index } of sources.of.sources) {
      const states = statesNamed(there, topology, name.text, index?.index)
      if (states === undefined) return undefined
      found.push(...states)
    }
    return found
  }
  const before = [...topology.inputs]
  for (const { members } of topology.nodes) {
    if (members === undefined) return undefined
    const at = members.indexOf(member)
    before.push(...(at < 0 ? members : members.slice(0, at)))
    if (at >= 0) return before
  }
  return before
}

function checkSource(
  checker: Checker,
  source: ast.SourceReference,
  name: string,
  available: readonly string[] | undefined,
  member: string,
): void {
  if (available === undefined || source.name.missing || available.includes(name)) return
  const location = locationOf(checker, source)
  checker.report.add(
    'no-such-source',
    location,
    { name, node: member },
    {
      notes: [`${member} can take ${available.join(', ')}`],
      ...suggest(name, available, location),
    },
  )
}

/** The operation must be one of those that the space offers on this edge. */
function checkOperation(checker: Checker, operation: ast.Expression, home: Checker, offered: ast.Expression): void {
  const set = offered.kind === 'choice' ? offered.options : offered
  const options = foldOptions(home, set)
  const value = foldValue(checker, operation)
  if (options === undefined || value === undefined) return
  // An option that depends on its place or on another choice may be the one.
  if (options.some((option) => option.value === undefined || keyOf(option.value) === keyOf(value))) return
  const known = options.flatMap((option) => (option.value === undefined ? [] : [printFolded(option.value)]))
  const location = locationOf(checker, operation)
  checker.report.add(
    'not-an-option',
    location,
    { option: printFolded(value) },
    {
      labels: [{ file: home.file, span: offered.span, text: 'what the space offers' }],
      notes: [`options: ${known.join(', ')}`],
      ...suggest(printFolded(value), known, location),
    },
  )
}

function checkCount(
  checker: Checker,
  there: Checker,
  item: ast.EdgesItem,
  sources: ast.Sources,
  available: readonly string[] | undefined,
  { member }: BoundNode,
): void {
  const { arity } = sources
  const least = arity === undefined ? available?.length : foldNumber(there, arity.least)
  const most =
    arity === undefined || (!arity.open && arity.most === undefined)
      ? least
      : arity.most === undefined
        ? Infinity
        : foldNumber(there, arity.most)
  const found = item.edges.length
  if (least === undefined || most === undefined || (found >= least && found <= most)) return
  const expected = least === most ? `${least}` : most === Infinity ? `at least ${least}` : `${least} to ${most}`
  checker.report.add(
    'edge-count',
    locationOf(checker, item.path),
    { node: member, expected, found },
    {
      labels: [{ file: there.file, span: (arity ?? sources).span, text: 'the space says so here' }],
    },
  )
}
