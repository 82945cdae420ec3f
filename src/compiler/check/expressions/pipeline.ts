import type * as ast from '../../syntax/ast.js'
import { coverSpans } from '../../text/source.js'
import { locationOf, type Checker } from '../checker.js'
import { operation, type Type } from '../types/type.js'
import { expectType } from './expression.js'

export function inferPipeline(checker: Checker, pipeline: ast.PipelineExpression): Type {
  for (const step of pipeline.steps) expectType(checker, step, { type: 'operation' })
  warnOfConditions(checker, pipeline.steps)
  return operation
}

/**
 * In `if c then a -> b` the condition ends before the arrow, which may not be what was meant. Nothing is said where the
 * branch before the arrow stands in brackets, and so shows where it ends.
 */
function warnOfConditions(checker: Checker, steps: readonly ast.Expression[]): void {
  steps.forEach((step, index) => {
    const next = steps[index + 1]
    const last = steps.at(-1)
    if (step.kind !== 'if' || next === undefined || last === undefined) return
    const branch = lastBranch(step)
    if (branch.kind === 'group' || branch.kind === 'block' || branch.kind === 'missing') return
    const { file } = checker
    const around = (node: ast.Expression, until: ast.Expression) => [
      { file, span: { start: node.span.start, end: node.span.start }, text: '(' },
      { file, span: { start: until.span.end, end: until.span.end }, text: ')' },
    ]
    checker.report.add(
      'condition-before-arrow',
      locationOf(checker, step),
      {},
      {
        label: 'the condition ends here',
        labels: [{ file, span: coverSpans(next.span, last.span), text: 'this is done in any case' }],
        fixes: [
          {
            title: 'put the condition in parentheses: the resolution stays',
            edits: around(step, step),
            confidence: 'safe',
          },
          { title: 'take all that follows into the branch', edits: around(branch, last), confidence: 'ask' },
        ],
      },
    )
  })
}

/** The branch that stands before the arrow. */
function lastBranch(expression: ast.IfExpression): ast.Expression {
  const branch = expression.otherwise ?? expression.then
  return branch.kind === 'if' ? lastBranch(branch) : branch
}
