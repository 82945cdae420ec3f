import { clausesOfKind, type PlacedClause } from '../../names/clauses.js'
import type { SearchSymbol } from '../../names/symbol.js'
import type * as ast from '../../syntax/ast.js'
import { locationOf, type Checker } from '../checker.js'
import { expectType } from '../expressions/expression.js'
import { foldNumber } from '../expressions/fold.js'
import { reportedAt } from './likeness.js'

/** A share of the training images: above 0 and at most 1, where it is known. */
export function checkShare(checker: Checker, share: ast.Expression): void {
  if (!expectType(checker, share, { type: 'real' })) return
  const value = foldNumber(checker, share)
  if (value === undefined || (value > 0 && value <= 1)) return
  checker.report.add('share-outside', locationOf(checker, share), { share: percent(value) })
}

interface KnownShare {
  readonly called: string
  readonly value: number
  readonly node: ast.Expression
  readonly placed: PlacedClause
}

/** Sums of shares that should be 1 miss it by less. */
const slack = 1e-9

/** Weights, choices and validation take different images: their shares come to at most 1, and validation leaves some. */
export function checkShares(checker: Checker, symbol: SearchSymbol, clauses: readonly PlacedClause[]): void {
  const shares = sharesOf(checker, clauses)
  const sum = shares.reduce((total, { value }) => total + value, 0)
  // What is taken over as a whole was told where it is written.
  if (shares.every(({ placed }) => placed.search !== symbol)) return
  const [validation] = shares.filter(({ placed }) => placed.clause.kind === 'validate')
  const leavesNothing = validation !== undefined && validation.value === 1
  const last = leavesNothing ? validation : shares.at(-1)
  if (last === undefined || (sum <= 1 + slack && !leavesNothing)) return
  const others = shares.filter((each) => each !== last)
  const { location, labels } = reportedAt(checker, symbol, last.placed, last.node)
  const called = shares.map(({ called }) => called).join(', ')
  checker.report.add(
    'shares-too-large',
    location,
    { shares: called, sum: percent(sum) },
    {
      labels: [
        ...labels,
        ...others.map(({ node, value, called, placed }) => ({
          file: placed.search.location.file,
          span: node.span,
          text: `${percent(value)} for ${called}`,
        })),
      ],
    },
  )
}

function sharesOf(checker: Checker, clauses: readonly PlacedClause[]): readonly KnownShare[] {
  const known = (placed: PlacedClause, called: string, node: ast.Expression | undefined): readonly KnownShare[] => {
    if (node === undefined) return []
    const value = foldNumber({ ...checker, file: placed.search.location.file }, node)
    return value === undefined || value <= 0 || value > 1 ? [] : [{ called, value, node, placed }]
  }
  const trained = clausesOfKind(clauses, 'train').flatMap((placed) => {
    const { variables, share } = placed.clause
    // A predictor learns from measurements.
    return variables.text === 'predictor' ? [] : known(placed, `train ${variables.text}`, share)
  })
  const validated = clausesOfKind(clauses, 'validate').flatMap((placed) =>
    known(placed, 'validate', placed.clause.share),
  )
  return [...trained, ...validated]
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(6))}%`
}
