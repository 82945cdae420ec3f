import type { BoundProgram } from '../../names/bind.js'
import type { PrimitiveSymbol } from '../../names/symbol.js'
import type { SyntaxNode } from '../../syntax/ast.js'
import { locationOf, type Checker } from '../checker.js'

/** `project` without an operation is the convolution of `std:nn`, which the program must import. */
export function projectionOf(program: BoundProgram): PrimitiveSymbol | undefined {
  const symbol = program.modules.get('std:nn')?.own.get('conv')
  return symbol?.kind === 'primitive' ? symbol : undefined
}

export function checkProjection(checker: Checker, node: SyntaxNode<string>): void {
  if (projectionOf(checker.program) === undefined) checker.report.add('no-projection', locationOf(checker, node), {})
}
