import type { SourceLocation } from '../../diagnostics/diagnostic.js'
import type * as ast from '../../syntax/ast.js'
import type { Checker } from '../checker.js'
import { isNumeric, type CostType, type Type } from '../types/type.js'

/** What `minimise` is computed of. */
type Amount = 'number' | 'cost' | 'objective'

/** Nothing for what is no amount. */
export function amountOf(type: Type): Amount | undefined {
  if (isNumeric(type)) return 'number'
  if (type.kind === 'cost') return 'cost'
  return type.kind === 'component' && type.component === 'objective' ? 'objective' : undefined
}

/**
 * The type of arithmetic in which a cost or an objective takes part; nothing where it has no meaning. Objectives are added, and
 * weighted by numbers and costs; costs are also raised to powers, and divide.
 */
export function arithmeticOfAmounts(
  checker: Checker,
  operator: ast.BinaryOperator,
  left: Type,
  right: Type,
): Type | undefined {
  const [first, second] = [amountOf(left), amountOf(right)]
  if (first === undefined || second === undefined) return undefined
  const objectives = [first, second].filter((amount) => amount === 'objective').length
  switch (operator) {
    case '+':
    case '-':
      break
    case '*':
      if (objectives === 2) return undefined
      break
    case '/':
      if (second === 'objective') return undefined
      break
    case '^':
      if (objectives > 0) return undefined
      break
    default:
      return undefined
  }
  const bare = [left, right].flatMap((type) => (type.kind === 'cost' ? (type.bare ?? []) : []))[0]
  if (objectives === 0) return costType(bare)
  // What is weighted in a step has many architectures, and a cost of one of them is none of it.
  if (bare !== undefined) checker.report.add('cost-without-variant', bare.location, { name: bare.name })
  return { kind: 'component', component: 'objective' }
}

/** A cost by its bare name: of one architecture. */
export function costType(bare?: { readonly name: string; readonly location: SourceLocation }): CostType {
  return { kind: 'cost', ...(bare && { bare }) }
}
