import { describe, expect, it } from 'vitest'
import { find, parsed, plain } from '../../support/syntax-trees.js'

/** The value of an expression, with operators fully bracketed. */
function shape(text: string): string {
  return bracket(plain(find(parsed(`let a = ${text}`), 'let').value))
}

function bracket(value: unknown): string {
  if (value === null || typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return value.map(bracket).join(' ')
  const { kind, ...rest } = value as Record<string, unknown>
  const parts = Object.values(rest).filter((part) => part !== undefined && !(Array.isArray(part) && part.length === 0))
  return `(${[kind, ...parts.map(bracket)].join(' ')})`
}

describe('expressions', () => {
  it.each([
    ['1 + 2 * 3', '(binary + 1 (binary * 2 3))'],
    ['1 - 2 - 3', '(binary - (binary - 1 2) 3)'],
    ['8 / 4 / 2 % 3', '(binary % (binary / (binary / 8 4) 2) 3)'],
    ['2 ^ 3 ^ 2', '(binary ^ 2 (binary ^ 3 2))'],
    ['-a ^ 2', '(unary - (binary ^ a 2))'],
    ['2 ^ -1', '(binary ^ 2 (unary - 1))'],
    ['a or b and not c == d', '(binary or a (binary and b (unary not (binary == c d))))'],
    ['crop(4) & flip', '(binary & (call crop (argument 4)) flip)'],
    ['n in { 1, 2 }', '(binary in n (set 1 2))'],
    ['conv(in)', '(call conv (argument in))'],
    ['in % groups == 0', '(binary == (binary % in groups) 0)'],
    ['a -> b -> c', '(pipeline a b c)'],
    ['a -> if b then c -> d', '(pipeline a (if b c) d)'],
    ['if a then b else if c then d else e', '(if a b (if c d e))'],
    ['if a then (b -> c)', '(if a (group (pipeline b c)))'],
    ['if a > 1 and b then c', '(if (binary and (binary > a 1) b) c)'],
    ['16..28 step 4', '(range 16 28 4)'],
    ['0.025 to 0.001', '(span 0.025 0.001)'],
    ['1..2 to 3', '(span (range 1 2) 3)'],
    ['one of { 3, 5 }', '(choice (set 3 5))'],
    ['one of 12..16 step 4', '(choice (range 12 16 4))'],
    ['one of candidates - { none }', '(choice (binary - candidates (set none)))'],
    ['one of { 4, 5 } per stage', '(choice (set 4 5) stage)'],
    ['channels / one of { 4, 8 }', '(binary / channels (choice (set 4 8)))'],
    ['1 + 2 * one of 0..4 step 2', '(binary + 1 (binary * 2 (choice (range 0 4 2))))'],
    ['2 ^ one of { 1, 2 }', '(binary ^ 2 (choice (set 1 2)))'],
    ['-one of { 1, 2 } + 3', '(unary - (choice (binary + (set 1 2) 3)))'],
    ['one of { 4, 5 } per stage * 2', '(binary * (choice (set 4 5) stage) 2)'],
    ['one of { 3, 5 } == 3', '(binary == (choice (set 3 5)) 3)'],
    ['one / 2', '(binary / one 2)'],
    ['any 2 of a', '(choice (arity 2 false) a)'],
    ['any 1.. of a', '(choice (arity 1 true) a)'],
    ['any 0..1 of { x }', '(choice (arity 0 1 false) (set x))'],
    ['f(a, b: 2).c[3]', '(index (field (call f (argument a) (argument b 2)) c) 3)'],
    ['f(from: largest, then: 8, at: 2)', '(call f (argument from largest) (argument then 8) (argument at 2))'],
    ['(0.5, 0.999)', '(tuple 0.5 0.999)'],
    ['{}', '(set)'],
    ['{ a, b, }', '(set a b)'],
    ['f(a, b,)', '(call f (argument a) (argument b))'],
    ['residual { a -> b }', '(block residual (pipeline a b))'],
    [
      '{ for k in {3, 5} for e in {3, 6}: mb(k, e) }',
      '(comprehension (binding k (set 3 5)) (binding e (set 3 6)) (call mb (argument k) (argument e)))',
    ],
    ['bins(macs in bins of 25M)', '(call bins (argument (phrase (binary in macs bins) (tail of 25000000))))'],
    ['f(best of 3 by batch_loss)', '(call f (argument (phrase best (tail of 3) (tail by batch_loss))))'],
    ['f(0.956 per epoch)', '(call f (argument (phrase 0.956 (tail per epoch))))'],
    ['f(one per node)', '(call f (argument (phrase one (tail per node))))'],
    ['true', '(boolean true)'],
    ['"a \\"b\\" \\\\"', '(string a "b" \\)'],
  ])('%s', (text, expected) => {
    expect(shape(text)).toBe(expected)
  })

  it.each([
    ['3_349_342', 3349342],
    ['6k', 6000],
    ['5M', 5e6],
    ['1.5G', 1.5e9],
    ['50%', 0.5],
    ['0.3%', 0.003],
    ['3e-4', 0.0003],
    ['5e-1M', 500_000],
  ])('%s is %d', (text, value) => {
    expect(find(parsed(`let a = ${text}`), 'number').value).toBe(value)
  })

  it('spans what was written, brackets and all', () => {
    const text = 'let a = (f(1) + 2)[3] -> one of { g }'
    const file = parsed(text)
    const slice = (kind: 'index' | 'group' | 'call' | 'binary' | 'choice' | 'set'): string => {
      const { span } = find(file, kind)
      return text.slice(span.start, span.end)
    }
    expect(slice('index')).toBe('(f(1) + 2)[3]')
    expect(slice('group')).toBe('(f(1) + 2)')
    expect(slice('binary')).toBe('f(1) + 2')
    expect(slice('call')).toBe('f(1)')
    expect(slice('choice')).toBe('one of { g }')
    expect(slice('set')).toBe('{ g }')
  })

  it('lets every keyword that is not reserved be a name', () => {
    for (const name of [
      'from',
      'in',
      'all',
      'one',
      'x',
      'input',
      'width',
      'depth',
      'scale',
      'sample',
      'step',
      'macs',
    ]) {
      expect(shape(name)).toBe(name)
    }
  })
})
