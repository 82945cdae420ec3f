import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkedText } from '../../support/programs.js'

function compiled(body: string) {
  const text = `import std:nn
op own(deep: bool = true) = ${body}
space s { input image(8, 8, 3); classes 10; network { stem conv(8); stage a { width 8; layer own }; head global_pool -> linear(classes) } }`
  return { text, ...checkedText(text) }
}

/** What is said, but for the parameter that a body leaves unused. */
function slugsOf({ diagnostics }: ReturnType<typeof compiled>): string[] {
  return diagnostics.map(({ slug }) => slug).filter((slug) => slug !== 'unused-parameter')
}

const { pipeline } = fc.letrec<{ pipeline: string; step: string; condition: string }>((tie) => ({
  pipeline: fc.array(tie('step'), { minLength: 1, maxLength: 4 }).map((steps) => steps.join(' -> ')),
  step: fc.oneof({ depthSize: 'small' }, fc.constantFrom('relu', 'bn', 'conv(in)'), tie('condition')),
  condition: fc.oneof(
    tie('step').map((then) => `if deep then ${then}`),
    fc.tuple(tie('step'), tie('step')).map(([then, otherwise]) => `if deep then ${then} else ${otherwise}`),
    tie('pipeline').map((then) => `if deep then (${then})`),
    tie('condition').map((inner) => `(${inner})`),
  ),
}))

describe('a condition before an arrow', () => {
  it('is silent once the safe fixes are applied, and means the same', () => {
    let mendedBodies = 0
    fc.assert(
      fc.property(pipeline, (body) => {
        const before = compiled(body)
        const found = before.diagnostics.filter(({ slug }) => slug === 'condition-before-arrow')
        if (found.length > 0) mendedBodies += 1
        expect(before.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
        const edits = found
          .flatMap(({ fixes }) => fixes.find(({ confidence }) => confidence === 'safe')?.edits ?? [])
          .filter(({ file }) => file === 'main.nas')
          .sort((a, b) => b.span.start - a.span.start || (a.text === '(' ? 1 : -1))
        const start = before.text.indexOf(body)
        const mended = edits.reduce(
          (rest, { span, text }) => rest.slice(0, span.start - start) + text + rest.slice(span.end - start),
          body,
        )
        const after = compiled(mended)
        expect(slugsOf(after)).toEqual([])
        expect(before.value?.operations.length).toBeGreaterThan(0)
        expect(after.value?.operations).toEqual(before.value?.operations)
      }),
      { numRuns: 60, seed: 1 },
    )
    expect(mendedBodies).toBeGreaterThan(10)
  })

  it.each([
    ['if deep then conv(in) -> bn', 1],
    ['relu -> if deep then conv(in)', 0],
    ['(if deep then conv(in)) -> bn', 0],
    ['if deep then (conv(in) -> bn)', 0],
    ['if deep then (conv(in) -> relu) -> bn', 0],
    ['if deep then conv(in) else relu -> bn', 1],
    ['if deep then bn -> if deep then relu -> bn', 2],
  ])('%s: %d', (body, count) => {
    expect(slugsOf(compiled(body))).toEqual(Array(count).fill('condition-before-arrow'))
  })
})
