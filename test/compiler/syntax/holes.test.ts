import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Expression } from '../../../src/compiler/syntax/ast.js'
import { parse } from '../../../src/compiler/syntax/parse.js'
import { expectSoundSpans, find } from '../../support/syntax-trees.js'

interface Link {
  readonly operator: string
  /** Nothing where it is left out. */
  readonly operand: string | undefined
}

const operand = fc.constantFrom('1', 'f(3)', '(2 * y)', '{3, 5}')
const link: fc.Arbitrary<Link> = fc.record({
  operator: fc.constantFrom('+', '&', '*', '/', '%', 'and', 'or', '->'),
  operand: fc.option(operand, { nil: undefined }),
})

/** The words of an expression as they stand in its tree, a hole as `_` with the words left and right of it in the text. */
function wordsOf(expression: Expression, text: string): readonly string[] {
  switch (expression.kind) {
    case 'missing': {
      const { start } = expression.span
      return [
        `${/\S*\s*$/.exec(text.slice(0, start))?.[0].trim() ?? ''}_${/\S*/.exec(text.slice(start).trimStart())?.[0] ?? ''}`,
      ]
    }
    case 'binary':
      return [...wordsOf(expression.left, text), expression.operator, ...wordsOf(expression.right, text)]
    case 'pipeline':
      return expression.steps.flatMap((step, index) => [...(index === 0 ? [] : ['->']), ...wordsOf(step, text)])
    default:
      return [text.slice(expression.span.start, expression.span.end)]
  }
}

/** A step that begins with an operator is none: it is left out up to the next arrow. */
function expectedWords(links: readonly Link[]): readonly string[] {
  let leftOut = false
  return links.flatMap(({ operator, operand: right }, index) => {
    leftOut &&= operator !== '->'
    if (leftOut) return []
    leftOut = operator === '->' && right === undefined
    return [operator, right ?? `${operator}_${links[index + 1]?.operator ?? 'let'}`]
  })
}

describe('operands that are missing', () => {
  it('leave holes where they are missing, and everything else in its place', () => {
    fc.assert(
      fc.property(operand, fc.array(link, { minLength: 1, maxLength: 6 }), (first, links) => {
        const text = `let a = ${first} ${links.map((each) => `${each.operator} ${each.operand ?? ''}`).join(' ')}\nlet b = 1\n`
        const { value, diagnostics } = parse({ path: 'main.nas', text })
        expectSoundSpans(value, text)
        expect(wordsOf(find(value, 'let').value, text)).toEqual([first, ...expectedWords(links)])
        expect(value.declarations.map(({ kind }) => kind)).toEqual(['let', 'let'])
        expect(diagnostics.length > 0).toBe(links.some((each) => each.operand === undefined))
      }),
      { numRuns: 300, seed: 4 },
    )
  })
})
