import type { ProgramBuilder } from '../../../program/builder.js'
import type { ValueId } from '../../../program/program.js'
import { isBinary, isUnary, type BinaryOperator, type CostUse, type Formula, type UnaryFormula } from '../formula.js'
import type { ComponentUse } from '../component-use.js'
import { valueOf, type Scalar } from '../scalar.js'

/** A formula with its objectives and costs opened. */
export type FormulaTree<Leaf> =
  | { readonly kind: 'leaf'; readonly leaf: Leaf }
  | { readonly kind: 'number'; readonly value: number }
  | {
      readonly kind: 'binary'
      readonly operator: BinaryOperator
      readonly left: FormulaTree<Leaf>
      readonly right: FormulaTree<Leaf>
    }
  | { readonly kind: 'unary'; readonly operator: UnaryFormula['operator']; readonly operand: FormulaTree<Leaf> }

/** @param openLeaf is called from left to right */
export function openFormula<Leaf>(
  formula: Formula,
  openLeaf: (leaf: ComponentUse | CostUse) => Leaf,
): FormulaTree<Leaf> {
  if (typeof formula === 'number') return { kind: 'number', value: formula }
  if (isBinary(formula)) {
    const left = openFormula(formula.left, openLeaf)
    return { kind: 'binary', operator: formula.operator, left, right: openFormula(formula.right, openLeaf) }
  }
  if (isUnary(formula)) {
    return { kind: 'unary', operator: formula.operator, operand: openFormula(formula.operand, openLeaf) }
  }
  return { kind: 'leaf', leaf: openLeaf(formula) }
}

/** Nothing: an objective that does not speak of the pass, and what is computed of it. */
export type Term = Scalar | undefined

export function emitFormula<Leaf>(
  builder: ProgramBuilder,
  tree: FormulaTree<Leaf>,
  emitLeaf: (leaf: Leaf) => Term,
): Term {
  switch (tree.kind) {
    case 'number':
      return { constant: tree.value }
    case 'leaf':
      return emitLeaf(tree.leaf)
    case 'unary':
      return emitUnary(builder, tree.operator, emitFormula(builder, tree.operand, emitLeaf))
    case 'binary': {
      const left = emitFormula(builder, tree.left, emitLeaf)
      return emitBinary(builder, tree.operator, left, emitFormula(builder, tree.right, emitLeaf))
    }
  }
}

function emitUnary(builder: ProgramBuilder, operator: UnaryFormula['operator'], operand: Term): Term {
  if (operand === undefined) return undefined
  switch (operator) {
    case 'minus':
      return emitBinary(builder, '*', operand, { constant: -1 })
    case 'log':
      return 'constant' in operand
        ? { constant: Math.log(operand.constant) }
        : { value: builder.one('log', [operand.value]) }
  }
}

function emitBinary(builder: ProgramBuilder, operator: BinaryOperator, left: Term, right: Term): Term {
  if (left === undefined || right === undefined) return emitRest(builder, operator, left, right)
  if ('constant' in left && 'constant' in right) return { constant: fold(operator, left.constant, right.constant) }
  const [a, b] = [(): ValueId => valueOf(builder, left), (): ValueId => valueOf(builder, right)]
  switch (operator) {
    case '+':
      return { value: builder.one('add', [a(), b()]) }
    case '-':
      return { value: builder.one('subtract', [a(), b()]) }
    case '*':
      return { value: builder.one('multiply', [a(), b()]) }
    case '/':
      return 'constant' in right
        ? emitBinary(builder, '*', left, { constant: 1 / right.constant })
        : { value: builder.one('divide', [a(), b()]) }
    case '^':
      return 'constant' in right
        ? { value: builder.one('power', [a()], { exponent: right.constant }) }
        : { value: builder.one('exp', [builder.one('multiply', [builder.one('log', [a()]), b()])]) }
  }
}

/** What is left where one side speaks of other passes: of a sum the other side, of a product nothing. */
function emitRest(builder: ProgramBuilder, operator: BinaryOperator, left: Term, right: Term): Term {
  switch (operator) {
    case '+':
      return left ?? right
    case '-':
      return left ?? emitUnary(builder, 'minus', right)
    default:
      return undefined
  }
}

function fold(operator: BinaryOperator, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    case '^':
      return a ** b
  }
}
