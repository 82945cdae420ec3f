import type { ComponentUse } from './component-use.js'

/**
 * What a search minimises, or a component measures, as plain data: numbers, objectives and costs with operators between
 * them. Whatever holds neither an objective nor a cost is a number here.
 */
export type Formula = number | ComponentUse | CostUse | BinaryFormula | UnaryFormula

/** `macs.expected` */
export interface CostUse {
  readonly cost: string
  readonly variant?: string
  /** Under which it is counted; absent: the default. */
  readonly convention?: string
}

export interface BinaryFormula {
  readonly operator: BinaryOperator
  readonly left: Formula
  readonly right: Formula
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '^'

export interface UnaryFormula {
  readonly operator: 'minus' | 'log'
  readonly operand: Formula
}

export function isCostUse(formula: object): formula is CostUse {
  return 'cost' in formula
}

export function isBinary(formula: object): formula is BinaryFormula {
  return 'left' in formula
}

export function isUnary(formula: object): formula is UnaryFormula {
  return 'operand' in formula
}

export function printCost({ cost, variant, convention }: CostUse): string {
  const counted = convention === undefined ? cost : `${cost}(${convention})`
  return variant === undefined ? counted : `${counted}.${variant}`
}
