import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loweredText } from '../../support/lowered-searches.js'

type Tree =
  | { readonly kind: 'number'; readonly text: string; readonly value: number }
  | { readonly kind: 'cost'; readonly text: string; readonly isBare: boolean }
  | { readonly kind: 'objective'; readonly text: string }
  | { readonly kind: 'negated'; readonly of: Tree }
  | { readonly kind: 'function'; readonly name: 'log' | 'sqrt'; readonly of: Tree }
  | {
      readonly kind: 'operator'
      readonly operator: '+' | '-' | '*' | '/' | '^'
      readonly left: Tree
      readonly right: Tree
    }

const leaf: fc.Arbitrary<Tree> = fc.oneof(
  fc.constantFrom(1.7, 2.3, 0.6).map((value): Tree => ({ kind: 'number', text: String(value), value })),
  fc
    .constantFrom(
      'macs.expected',
      'parameters.effective',
      'activation_bytes.expected',
      'macs(full).expected',
      'latency',
    )
    .map((text): Tree => ({ kind: 'cost', text, isBare: false })),
  fc.constantFrom('macs', 'parameters').map((text): Tree => ({ kind: 'cost', text, isBare: true })),
  ...[0, 1].map(() =>
    fc
      .constantFrom('cross_entropy', 'cross_entropy(smoothing: 0.1)', 'own')
      .map((text): Tree => ({ kind: 'objective', text })),
  ),
)
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    leaf,
    fc.record({ kind: fc.constant('negated'), of: tie('tree') }),
    fc.record({ kind: fc.constant('function'), name: fc.constantFrom('log', 'sqrt'), of: tie('tree') }),
    ...[0, 1, 2].map(() =>
      fc.record({
        kind: fc.constant('operator'),
        operator: fc.constantFrom('+', '-', '*', '*', '/', '^'),
        left: tie('tree'),
        right: tie('tree'),
      }),
    ),
  ),
}))

function print(tree: Tree): string {
  switch (tree.kind) {
    case 'negated':
      return `(-${print(tree.of)})`
    case 'function':
      return `${tree.name}(${print(tree.of)})`
    case 'operator':
      return `(${print(tree.left)} ${tree.operator} ${print(tree.right)})`
    default:
      return tree.text
  }
}

function leavesOf(tree: Tree): readonly Tree[] {
  if (tree.kind === 'operator') return [...leavesOf(tree.left), ...leavesOf(tree.right)]
  return tree.kind === 'negated' || tree.kind === 'function' ? leavesOf(tree.of) : [tree]
}

/** The value where costs and objectives have these values, each place its own; complex parts of it are no matter here. */
function valueOf(tree: Tree, values: ReadonlyMap<Tree, number>): number {
  switch (tree.kind) {
    case 'number':
      return tree.value
    case 'cost':
    case 'objective':
      return values.get(tree) ?? NaN
    case 'negated':
      return -valueOf(tree.of, values)
    case 'function': {
      const inner = Math.abs(valueOf(tree.of, values))
      return tree.name === 'log' ? Math.log(inner) : Math.sqrt(inner)
    }
    case 'operator': {
      const [left, right] = [valueOf(tree.left, values), valueOf(tree.right, values)]
      switch (tree.operator) {
        case '+':
          return left + right
        case '-':
          return left - right
        case '*':
          return left * right
        case '/':
          return left / right
        case '^':
          return Math.pow(Math.abs(left), right)
      }
    }
  }
}

/**
 * What is refused whatever it comes to: functions of costs but `log`, and objectives in a function, a divisor or an exponent
 * (`1.7 / (1.7 / cross_entropy)` is an objective, and nobody means to write it so).
 */
function isBarred(tree: Tree): boolean {
  const has = (part: Tree, kind: Tree['kind']): boolean => leavesOf(part).some((leaf) => leaf.kind === kind)
  switch (tree.kind) {
    case 'negated':
      return isBarred(tree.of)
    case 'function':
      return isBarred(tree.of) || has(tree.of, 'objective') || (tree.name !== 'log' && has(tree.of, 'cost'))
    case 'operator': {
      const takesNone = tree.operator === '/' || tree.operator === '^'
      return isBarred(tree.left) || isBarred(tree.right) || (takesNone && has(tree.right, 'objective'))
    }
    default:
      return false
  }
}

/**
 * Whether the value is a sum of objectives, weighted by what does not depend on any of them: whether moving one by a little and
 * moving another make, together, what they make one by one.
 */
function isWeightedSum(tree: Tree): boolean {
  const leaves = leavesOf(tree)
  const objectives = leaves.filter(({ kind }) => kind === 'objective')
  if (objectives.length === 0) return false
  const base = new Map(leaves.map((each, index) => [each, 1.1 + 0.37 * index]))
  const at = (...moved: readonly Tree[]): number => {
    const values = new Map(base)
    for (const each of moved) values.set(each, (values.get(each) ?? 0) + 0.5)
    return valueOf(tree, values)
  }
  return objectives.every((first) =>
    objectives.every((second) => {
      const parts = [at(first, second), at(first), at(second), at()]
      const [both = 0, one = 0, other = 0, none = 0] = parts
      // `-Infinity - -Infinity` is no number, and no sum of objectives.
      return Math.abs(both - one - other + none) <= 1e-9 * Math.max(1, ...parts.map(Math.abs))
    }),
  )
}

/** Leaves are told apart by what they are, so that every place has one of its own. */
function copied(tree: Tree): Tree {
  if (tree.kind === 'operator') return { ...tree, left: copied(tree.left), right: copied(tree.right) }
  return tree.kind === 'negated' || tree.kind === 'function' ? { ...tree, of: copied(tree.of) } : { ...tree }
}

const head = `import std:nn
import std:search
space tiny {
  input   image(8, 8, 3)
  classes 10
  network { stem conv(one of {8, 16}, 3) -> bn; head global_pool -> linear(classes) }
}
search base of tiny {
  let own = cross_entropy
  predictor latency = mlp(8), fitted to measurements "latency.csv"
  relax    width by softmax
  minimise cross_entropy
  train weights { sgd(lr: 0.1) }
  train choices { adam(lr: 0.1) }
  derive   argmax
}
`

/** Which of several expressions are refused as what is minimised. */
function refused(texts: readonly string[]): readonly boolean[] {
  const searches = texts.map((text, index) => `search s${index} of tiny like base { minimise ${text} }`)
  const text = head + searches.join('\n')
  const firstLine = head.split('\n').length - 1
  const lines = loweredText(text).diagnostics.flatMap(({ severity, span }) =>
    severity === 'error' ? [text.slice(0, span.start).split('\n').length - 1] : [],
  )
  return texts.map((_, index) => lines.includes(firstLine + index))
}

describe('what is minimised', () => {
  it('is a sum of objectives, weighted by numbers and by costs of what the choices weigh', () => {
    const trees = fc.sample(tree, { seed: 5, numRuns: 700 }).map(copied)
    const expected = trees.map(
      (each) =>
        !isWeightedSum(each) || isBarred(each) || leavesOf(each).some((leaf) => leaf.kind === 'cost' && leaf.isBare),
    )
    const texts = trees.map(print)
    const found = refused(texts)
    expect(texts.filter((_, index) => found[index] !== expected[index])).toEqual([])
    expect(expected.filter((each) => !each).length).toBeGreaterThan(80)
    expect(expected.filter((each) => each).length).toBeGreaterThan(80)
  })
})
