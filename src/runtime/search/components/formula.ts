import type { ComponentUse } from './use.js'

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
  readonly operator: '+' | '-' | '*' | '/' | '^'
  readonly left: Formula
  readonly right: Formula
}

export interface UnaryFormula {
  readonly operator: 'minus' | 'log'
  readonly operand: Formula
}

export function isCostUse(formula: Exclude<Formula, number>): formula is CostUse {
  return 'cost' in formula
}

export function printCost({ cost, variant, convention }: CostUse): string {
  const counted = convention === undefined ? cost : `${cost}(${convention})`
  return variant === undefined ? counted : `${counted}.${variant}`
}

/** The objectives of a formula, in the order in which they are written. */
export function objectivesIn(formula: Formula): readonly ComponentUse[] {
  if (typeof formula === 'number' || isCostUse(formula)) return []
  if ('component' in formula) return [formula]
  if ('operand' in formula) return objectivesIn(formula.operand)
  return [...objectivesIn(formula.left), ...objectivesIn(formula.right)]
}
