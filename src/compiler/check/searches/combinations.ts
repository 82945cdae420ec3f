import type * as ast from '../../syntax/ast.js'
import { locationOf, type Checker } from '../checker.js'
import { foldNumber } from '../expressions/fold.js'
import { derivationOf } from './search.js'
import { instancesOf, rewrittenSources, type SpaceStructure } from '../declarations/space-structure.js'

/** Clauses that are fine each for itself and have no meaning together, or none on this space: with the reason. */
export function checkCombinations(checker: Checker, search: ast.SearchDeclaration, structure: SpaceStructure): void {
  for (const clause of search.clauses) {
    if (clause.kind === 'derive')
      for (const rule of clause.rules) checkSelection(checker, derivationOf(rule).by, structure)
    if (clause.kind === 'cells') checkPlacement(checker, clause, structure)
    if (clause.kind === 'train') checkTrained(checker, clause, search)
  }
}

function refuse(
  checker: Checker,
  node: ast.SyntaxNode<string>,
  what: string,
  reason: string,
  at?: ast.SyntaxNode<string>,
  file?: string,
): void {
  checker.report.add(
    'illegal-combination',
    locationOf(checker, node),
    { what, reason },
    {
      labels: at === undefined ? [] : [{ file: file ?? checker.file, span: at.span, text: 'because of this' }],
    },
  )
}

/** A derivation such as `top(k)` selects k inputs of every node: the space must leave that choice open, and allow k. */
function checkSelection(checker: Checker, rule: ast.Expression, structure: SpaceStructure): void {
  const resolved = checker.facts.calls.get(rule)
  if (resolved?.symbol.kind !== 'component') return
  const { name, declaration } = resolved.symbol
  const [parameter] = declaration.rules.flatMap((each) => (each.kind === 'selects' ? [each.count.text] : []))
  if (parameter === undefined) return
  const supplied = resolved.arguments.get(parameter)
  const count = supplied === undefined || supplied === 'flag' ? undefined : foldNumber(checker, supplied)
  const rewritten = rewrittenSources(structure)
  let open = false
  let instances = 0
  for (const { cell } of instancesOf(checker, structure)) {
    instances += 1
    const there: Checker = { ...checker, file: cell.location.file }
    for (const item of cell.declaration.items) {
      if (item.kind !== 'node') continue
      const own = item.clauses.find((clause) => clause.kind === 'from')
      const sources = rewritten ?? (own?.kind === 'from' ? own.sources : undefined)
      const arity = sources?.arity
      if (sources === undefined || arity === undefined) continue
      open = true
      const least = foldNumber(there, arity.least)
      const most = arity.open ? Infinity : arity.most === undefined ? least : foldNumber(there, arity.most)
      if (count === undefined || least === undefined || most === undefined || (count >= least && count <= most))
        continue
      const expected = least === most ? `${least}` : `${least} to ${most}`
      refuse(
        checker,
        rule,
        `${name}(${count})`,
        `every node takes ${expected} inputs, not ${count}`,
        arity,
        rewritten === undefined ? there.file : undefined,
      )
      return
    }
  }
  if (open) return
  const reason =
    instances === 0
      ? 'the space has no cells whose inputs could be chosen'
      : 'the inputs of every node are fixed, nothing is left to choose'
  refuse(checker, rule, name, reason)
}

/** Placing copies of a cell differently needs several copies. */
function checkPlacement(checker: Checker, clause: ast.CellsClause, structure: SpaceStructure): void {
  for (const item of structure.definition.items) {
    if (item.kind !== 'network') continue
    for (const part of item.items) {
      if (part.kind !== 'stack') continue
      const count = foldNumber({ ...checker, file: structure.file }, part.count)
      if (count === undefined || count > 1) return
    }
  }
  refuse(checker, clause, '`cells`', 'no cell of this space is used twice, so that all copies are placed alike')
}

function checkTrained(checker: Checker, clause: ast.TrainClause, search: ast.SearchDeclaration): void {
  const has = (kind: ast.SearchClause['kind']): boolean => search.clauses.some((each) => each.kind === kind)
  if (clause.variables.text === 'choices' && !has('relax')) {
    refuse(checker, clause.variables, '`train choices`', 'no choice is relaxed, so that there is nothing to train')
  }
  if (clause.variables.text === 'predictor' && !has('predictor')) {
    refuse(checker, clause.variables, '`train predictor`', 'the search has no predictor')
  }
}
