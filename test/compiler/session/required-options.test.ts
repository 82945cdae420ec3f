import { describe, expect, it } from 'vitest'
import { countArchitectures } from '../../../src/analysis/index.js'
import { resolveParams } from '../../../src/space/index.js'
import { checkedText } from '../../support/programs.js'

/** A space of 3 * 2 * 2 * 2 architectures; what a layer of `b` takes hangs on its width. */
function programWith(test: string): string {
  return `import { conv, global_pool, identity, linear, relu, swish } from std:nn
op block(kernel: int) = conv(channels, kernel)
op act(kind: string) = if kind == "relu" then relu else swish
cell c(x) { node n { from any 1..2 of earlier x { relu, block(3) }; merge sum }; output n }
space s {
  input image(4, 4, 2)
  classes 3
  cell u = c
  network {
    stem conv(4, 3)
    stack 1 of u, channels 4
    stage b {
      width one of {4, 6}
      layer one of (if channels == 4 then {identity, block(1)} else {block(3), block(5)}) -> act(one of {"relu", "swish"})
    }
    head global_pool -> linear(classes)
  }
  require ${test}
}`
}

describe('an option that a require names', () => {
  it.each([
    ['b.layer[1] != block(3)', 18n],
    ['b.layer[1] != block(1)', 18n],
    ['b.layer[1] in {block(1), block(5)}', 12n],
    ['b.layer[1].kind == "swish"', 12n],
    ['"relu of x" in u.n.from', 16n],
  ])('may be one of any variant of the decision: %s', (test, expected) => {
    const { value: ir, diagnostics } = checkedText(programWith(test))
    if (!ir) throw new Error(diagnostics.map(({ message }) => message).join('; '))
    expect(countArchitectures(ir, 's', { params: resolveParams(ir, {}) }).architectures).toBe(expected)
  })

  it.each([
    [
      'b.layer[1] != block(7)',
      'block(7) is not among the options of b.layer[1]',
      'block(7)',
      ['block(1)', 'block(3)', 'block(5)'],
    ],
    [
      'b.layer[1] in {block(1), block(7)}',
      'block(7) is not among the options of b.layer[1]',
      'block(7)',
      ['block(1)', 'block(3)', 'block(5)'],
    ],
    ['b.layer[1].kind == "swsh"', '"swsh" is not among the options of b.layer[1].kind', '"swsh"', ['"swish"']],
    ['"relu of y" in u.n.from', '"relu of y" is not among the options of u.n.from', '"relu of y"', ['"relu of x"']],
    ['b.layer[1] == identty', 'unknown name identty', 'identty', ['identity']],
    ['sum(b.widht) == 4', 's has no decision b.widht', 'b.widht', ['b.width']],
    ['all(knid == "relu")', 'unknown name knid', 'knid', ['kind']],
    ['sum(widht) <= 8', 'unknown name widht', 'widht', ['width']],
  ])('is told near ones, as they are written: %s', (test, message, wrong, near) => {
    const text = programWith(test)
    const { diagnostics } = checkedText(text)
    const [first] = diagnostics.filter(({ severity }) => severity === 'error')
    expect(first?.message).toBe(message)
    expect(text.slice(first?.span.start, first?.span.end)).toBe(wrong)
    const texts = first?.fixes.flatMap(({ edits }) => edits.map((edit) => edit.text)) ?? []
    expect(texts.slice(0, near.length)).toEqual(near)
  })
})
