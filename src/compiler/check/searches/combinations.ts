import type { SourceLocation } from '../../diagnostics/diagnostic.js'
import { clausesOf, type PlacedClause } from '../../names/clauses.js'
import type { SearchSymbol } from '../../names/symbol.js'
import type * as ast from '../../syntax/ast.js'
import { wholeArchitectures } from '../declarations/extern.js'
import type { Checker } from '../checker.js'
import { foldNumber } from '../expressions/fold.js'
import { derivationOf } from './derivation.js'
import { reportedAt } from './likeness.js'
import { instancesOf, rewrittenSources, structureBehind, type SpaceStructure } from '../declarations/space-structure.js'

/** Why a clause cannot be meant. */
interface Contradiction {
  readonly node: ast.SyntaxNode<string>
  readonly what: string
  readonly reason: string
  readonly because?: SourceLocation
}

/** Clauses that are fine each for itself and have no meaning together, or none on this space: with the reason. */
export function checkCombinations(
  checker: Checker,
  symbol: SearchSymbol,
  clauses: readonly PlacedClause[],
  structure: SpaceStructure,
): void {
  for (const placed of clauses) {
    const found = contradictionsOf(checker, placed, clauses, structure)
    // What has no meaning where it is written either was told there.
    if (found.length === 0 || (placed.search !== symbol && isWrongThere(checker, placed))) continue
    for (const { node, what, reason, because } of found) {
      const { location, labels } = reportedAt(checker, symbol, placed, node)
      const reasons = because === undefined ? [] : [{ ...because, text: 'because of this' }]
      checker.report.add('illegal-combination', location, { what, reason }, { labels: [...labels, ...reasons] })
    }
  }
}

function isWrongThere(checker: Checker, placed: PlacedClause): boolean {
  const structure = structureBehind(checker, placed.search)
  const clauses = clausesOf(checker.program.likeOf, placed.search)
  return structure === undefined || contradictionsOf(checker, placed, clauses, structure).length > 0
}

function contradictionsOf(
  outer: Checker,
  { clause, search }: PlacedClause,
  clauses: readonly PlacedClause[],
  structure: SpaceStructure,
): readonly Contradiction[] {
  const checker: Checker = { ...outer, file: search.location.file }
  switch (clause.kind) {
    case 'derive':
      return clause.rules.flatMap((rule) => contradictionsOfSelection(checker, derivationOf(rule).by, structure))
    case 'cells':
      return contradictionsOfPlacement(checker, clause, structure)
    case 'train':
      return contradictionsOfTraining(clause, clauses)
    default:
      return []
  }
}

/** A derivation such as `top(k)` selects k inputs of every node: the space must leave that choice open, and allow k. */
function contradictionsOfSelection(
  checker: Checker,
  rule: ast.Expression,
  structure: SpaceStructure,
): readonly Contradiction[] {
  const resolved = checker.facts.calls.get(rule)
  if (resolved?.symbol.kind !== 'component') return []
  const { name, declaration } = resolved.symbol
  const [parameter] = declaration.rules.flatMap((each) =>
    each.kind === 'selects' && each.count.text !== wholeArchitectures ? [each.count.text] : [],
  )
  if (parameter === undefined) return []
  const supplied = resolved.arguments.get(parameter)
  const count = supplied === undefined || supplied === 'flag' ? undefined : foldNumber(checker, supplied)
  const nodes = openNodes(checker, structure)
  if (nodes.length === 0) {
    const isEmpty = instancesOf(checker, structure).length === 0
    const reason = isEmpty
      ? 'the space has no cells whose inputs could be chosen'
      : 'the inputs of every node are fixed, nothing is left to choose'
    return [{ node: rule, what: name, reason }]
  }
  for (const { least, most, at } of nodes) {
    if (count === undefined || least === undefined || most === undefined || (count >= least && count <= most)) continue
    const expected = least === most ? `${least}` : `${least} to ${most}`
    const reason = `every node takes ${expected} ${expected === '1' ? 'input' : 'inputs'}, not ${count}`
    return [{ node: rule, what: `${name}(${count})`, reason, because: at }]
  }
  return []
}

/** How many inputs a node takes whose inputs are a choice, and where that is said. */
interface OpenNode {
  readonly least: number | undefined
  readonly most: number | undefined
  readonly at: SourceLocation
}

function openNodes(checker: Checker, structure: SpaceStructure): readonly OpenNode[] {
  const rewritten = rewrittenSources(structure)
  return instancesOf(checker, structure).flatMap(({ cell }) => {
    const file = rewritten?.file ?? cell.location.file
    const there: Checker = { ...checker, file }
    return cell.declaration.items.flatMap((item): readonly OpenNode[] => {
      if (item.kind !== 'node') return []
      const own = item.clauses.find((clause) => clause.kind === 'from')
      const sources = rewritten?.sources ?? (own?.kind === 'from' ? own.sources : undefined)
      const arity = sources?.arity
      if (arity === undefined) return []
      const least = foldNumber(there, arity.least)
      const most = arity.open ? Infinity : arity.most === undefined ? least : foldNumber(there, arity.most)
      return [{ least, most, at: { file, span: arity.span } }]
    })
  })
}

/** Placing copies of a cell differently needs several copies. */
function contradictionsOfPlacement(
  checker: Checker,
  clause: ast.CellsClause,
  structure: SpaceStructure,
): readonly Contradiction[] {
  for (const item of structure.definition.items) {
    if (item.kind !== 'network') continue
    for (const part of item.items) {
      if (part.kind !== 'stack') continue
      const count = foldNumber({ ...checker, file: structure.file }, part.count)
      if (count === undefined || count > 1) return []
    }
  }
  const reason = 'no cell of this space is used twice, so that all copies are placed alike'
  return [{ node: clause, what: '`cells`', reason }]
}

function contradictionsOfTraining(
  { variables, per }: ast.TrainClause,
  clauses: readonly PlacedClause[],
): readonly Contradiction[] {
  const has = (kind: ast.SearchClause['kind']): boolean => clauses.some(({ clause }) => clause.kind === kind)
  if (variables.text === 'choices' && !has('relax')) {
    const reason = 'no choice is relaxed, so that there is nothing to train'
    return [{ node: variables, what: '`train choices`', reason }]
  }
  if (variables.text === 'predictor' && !has('predictor')) {
    return [{ node: variables, what: '`train predictor`', reason: 'the search has no predictor' }]
  }
  if (per === undefined) return []
  const contradiction = (reason: string): readonly Contradiction[] => [{ node: per, what: '`per epoch`', reason }]
  if (variables.text === 'predictor') return contradiction('a predictor is fitted before the search, by itself')
  const other = clauses.find(
    ({ clause }) => clause.kind === 'train' && clause.variables.text !== variables.text && !isOfPredictor(clause),
  )?.clause
  if (other?.kind !== 'train' || other.per !== undefined) return []
  return contradiction(
    `weights and choices take turns, and \`train ${other.variables.text}\` does so in every step: write it at both, or at none`,
  )
}

function isOfPredictor({ variables }: ast.TrainClause): boolean {
  return variables.text === 'predictor'
}
