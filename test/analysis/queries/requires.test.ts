import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { costRange, countArchitectures, decisionsOf, sampler, unmetConstraints } from '../../../src/analysis/index.js'
import { createRandom } from '../../../src/runtime/random/random.js'
import { enumerated, type Built } from '../../support/enumerated-spaces.js'
import { compiledText } from '../../support/programs.js'

const options = { params: {} }

const text = (requires = ''): string => `
import { conv, global_pool, identity, linear } from std:nn
op block(kernel: int, expand: int = 2) = conv(expand * in, kernel) -> conv(channels, 1)
cell two(x) {
  prepare x { conv(channels) }
  node n[1..2] { from any 1.. of earlier; through one of { identity, conv(channels, 3) }; merge sum }
  output sum(n)
}
space s {
  input image(one of {6, 8}, 3); classes 2
  cell only = two
  network {
    stem conv(one of {4, 6}, 3)
    stack 1 of only, channels 4
    stage a { width 4; depth 2; layer one of { identity, block(3) } }
    stage b { let w = one of {1, 3}; width 4; depth one of {0, 1, 2}; layer block(w, one of {1, 2}) }
    head conv(6, 1) -> global_pool -> linear(classes)
  }
  ${requires}
}`

/** What an architecture takes, by path: texts of options. */
type SelectionTexts = ReadonlyMap<string, readonly string[]>
/** True, false, or neither: it speaks of what does not exist. */
type Truth = boolean | undefined
interface Condition {
  readonly text: string
  readonly holds: (taken: SelectionTexts) => Truth
}

const first = (taken: SelectionTexts, path: string): string | undefined => taken.get(path)?.[0]
/** What is no decision has a value all the same. */
const fixed = new Map([
  ['a.width', '4'],
  ['a.depth', '2'],
  ['head.width', '6'],
  ['head.kernel', '1'],
])
const numberAt = (taken: SelectionTexts, path: string): number | undefined => {
  const text = fixed.get(path) ?? first(taken, path)
  return text === undefined ? undefined : Number(text)
}
const compare = { '<=': (a: number, b: number) => a <= b, '==': (a: number, b: number) => a === b } as const

const numbers = [
  'stem.width',
  'resolution',
  'b.depth',
  'b.w',
  'b.layer[1].expand',
  'b.layer[2].expand',
  ...fixed.keys(),
]
const operations = ['a.layer[1]', 'a.layer[2]', 'only.n1.through[x]', 'only.n2.through[n1]', 'only.n2.through[x]']
const operator = fc.constantFrom('<=', '==')

const ofNumbers = fc
  .tuple(fc.constantFrom(...numbers), operator, fc.oneof(fc.constantFrom(...numbers), fc.integer({ min: 0, max: 8 })))
  .map(([left, sign, right]): Condition => ({
    text: `${left} ${sign} ${right}`,
    holds(taken) {
      const [a, b] = [numberAt(taken, left), typeof right === 'number' ? right : numberAt(taken, right)]
      return a === undefined || b === undefined ? undefined : compare[sign](a, b)
    },
  }))

const ofOperations = fc.tuple(fc.constantFrom(...operations), fc.boolean()).map(([path, equal]): Condition => ({
  text: `${path} ${equal ? '==' : '!='} identity`,
  holds(taken) {
    const found = first(taken, path)
    return found === undefined ? undefined : (found === 'identity') === equal
  },
}))

const ofSources = fc.constantFrom('x', 'n1').map((name): Condition => ({
  text: `"${name}" in only.n2.from`,
  holds: (taken) => taken.get('only.n2.from')?.includes(name),
}))

const within = (taken: SelectionTexts, place: string): readonly string[] =>
  [...taken]
    .filter(([path]) => (place === 'only.n' ? /^only\.n\d/.test(path) : path.startsWith(`${place}.`)))
    .flatMap(([, options]) => options)
const counts = fc
  .tuple(fc.constantFrom('a', 'only', 'only.n', 'only.n2'), operator, fc.integer({ min: 0, max: 3 }))
  .map(([place, sign, most]): Condition => ({
    text: `count(identity in ${place}) ${sign} ${most}`,
    holds: (taken) => compare[sign](within(taken, place).filter((option) => option === 'identity').length, most),
  }))

const expansions = (taken: SelectionTexts): readonly number[] =>
  [...taken].flatMap(([path, [option]]) => (/^b\.layer\[\d\]\.expand$/.test(path) ? [Number(option)] : []))
const aggregates = fc
  .tuple(fc.constantFrom('all', 'exists', 'count', 'sum', 'min', 'max'), operator, fc.integer({ min: 0, max: 3 }))
  .map(([name, sign, value]): Condition => {
    const test = (each: number): boolean => compare[sign](each, value)
    if (name === 'all' || name === 'exists') {
      return {
        text: `${name}(b.expand ${sign} ${value})`,
        holds: (taken) => (name === 'all' ? expansions(taken).every(test) : expansions(taken).some(test)),
      }
    }
    if (name === 'count') {
      return {
        text: `count(b.expand == stem.width - 3 or b.expand == 2) ${sign} ${value}`,
        holds: (taken) =>
          test(
            expansions(taken).filter((each) => each === Number(first(taken, 'stem.width')) - 3 || each === 2).length,
          ),
      }
    }
    const of = {
      sum: (all: readonly number[]) => all.reduce((a, b) => a + b, 0),
      min: (all: readonly number[]) => Math.min(...all),
      max: (all: readonly number[]) => Math.max(...all),
    }
    return {
      text: `${name}(b.expand) ${sign} ${value}`,
      holds(taken) {
        const found = of[name](expansions(taken))
        return Number.isFinite(found) ? test(found) : undefined
      },
    }
  })

const atom = fc.oneof(ofNumbers, ofOperations, ofSources, counts, aggregates)
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small' },
    atom,
    tie('condition').map((inner): Condition => ({
      text: `not (${inner.text})`,
      holds(taken) {
        const truth = inner.holds(taken)
        return truth === undefined ? undefined : !truth
      },
    })),
    fc.tuple(tie('condition'), fc.constantFrom('and', 'or'), tie('condition')).map(([a, word, b]): Condition => ({
      text: `(${a.text}) ${word} (${b.text})`,
      holds(taken) {
        const settling = word === 'or'
        const truths = [a.holds(taken), b.holds(taken)]
        if (truths.includes(settling)) return settling
        return truths.includes(undefined) ? undefined : !settling
      },
    })),
  ),
}))

/** `and` of a whole condition is two conditions, each of which may be neither true nor false. */
function isMet({ holds }: Condition, taken: SelectionTexts): boolean {
  return holds(taken) !== false
}

const free = compiledText(text())
const decisions = new Map(decisionsOf(free, 's', options).map((decision) => [decision.path, decision]))
const all = enumerated(free, 's').map((built) => {
  const taken = Object.entries(built.architecture.decisions).map(([path, chosen]): [string, readonly string[]] => [
    path,
    chosen.map((option) => decisions.get(path)?.options[option] ?? ''),
  ])
  return { built, taken: new Map(taken) }
})

describe('what a space requires', () => {
  it('is of a space that is small enough to be enumerated', () => {
    expect(all.length).toBeGreaterThan(1000)
    expect(countArchitectures(free, 's', options).architectures).toBe(BigInt(all.length))
  })

  it('leaves the architectures for which it is not false', () => {
    fc.assert(
      fc.property(condition, (each) => {
        const left = all.filter(({ taken }) => isMet(each, taken)).map(({ built }) => built)
        const requires = `require ${each.text}`
        if (left.length === 0) {
          expect(() => compiledText(text(requires))).toThrow(/no architecture of s satisfies/)
          return
        }
        const ir = compiledText(text(requires))
        expect(countArchitectures(ir, 's', options).architectures).toBe(BigInt(left.length))
        const macs = left.map((built: Built) => built.macs)
        const range = costRange(ir, 's', options, 'macs')
        expect([range?.least.value, range?.greatest.value]).toEqual([Math.min(...macs), Math.max(...macs)])
        const { architecture } = sampler(ir, 's', options).draw(createRandom(7))
        const drawn = all.find(
          ({ built }) =>
            JSON.stringify(sorted(built.architecture.decisions)) === JSON.stringify(sorted(architecture.decisions)),
        )
        expect(drawn && isMet(each, drawn.taken)).toBe(true)
        const some = all[left.length % all.length]
        if (some) expect(unmetConstraints(ir, some.built.architecture, {}).length === 0).toBe(isMet(each, some.taken))
      }),
      { numRuns: 40, seed: 1 },
    )
  })
})

describe('what a require names', () => {
  const counted = (requires: string): bigint => {
    const ir = compiledText(`
import { conv, global_pool, linear } from std:nn
import { skip, relu_conv } from std:cells
cell c(x) {
  prepare x { conv(channels) }
  node n[1..2] { from all of earlier; through one of { skip, relu_conv(3) } }
  node m { from { n[2] }; through one of { skip, relu_conv(1), relu_conv(3) } }
  output m
}
space s {
  input image(8, 3); classes 2
  cell a = c
  network {
    stem conv(8)
    stage t { width one of {4, 8} per space; depth one of {1, 2} per space; layer conv(channels, one of {1, 3}) }
    stack 1 of a, channels 8
    head global_pool -> linear(classes)
  }
  ${requires}
}`)
    return countArchitectures(ir, 's', options).architectures
  }
  // Two widths, kernels of one layer or of two; three edges into the family, one of three operations into m.
  it.each<readonly [string, number]>([
    ['', 12 * 24],
    ['require t.width == 4', 6 * 24],
    ['require t.width == 8 and t.depth == 1', 2 * 24],
    ['require count(skip in a.n) == 0', 12 * 3],
    ['require count(skip in a.n1) == 0', 12 * 4 * 3],
    ['require count(skip in a.n[1]) == 0', 12 * 4 * 3],
    ['require exists(a.n.through == skip)', 12 * 21],
    ['require count(relu_conv in a) <= 1', 12 * 6],
    ['require a.m.through == relu_conv', 12 * 16],
    ['require a.m.through[n2] in { skip, relu_conv(1) }', 12 * 16],
    ['require macs in 1..1G', 12 * 24],
  ])('%s', (requires, expected) => {
    expect(counted(requires)).toBe(BigInt(expected))
  })
})

function sorted(
  decisions: Readonly<Record<string, readonly number[]>>,
): readonly (readonly [string, readonly number[]])[] {
  return Object.entries(decisions)
    .map(([path, chosen]) => [path, [...chosen].sort((a, b) => a - b)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
}
