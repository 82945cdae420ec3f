import { costOf } from '../../../src/space/cost/index.js'
import { graphFacts } from '../reference/graph-facts.js'
import type { Member } from '../reference/member.js'
import { both, constantTerm, either, negated, termOf, type Condition, type Term, type Truth } from './condition.js'
import type { CellGraph } from './graph.js'
import { chance, oneOf, weighted, type Writer } from './writer.js'

/** A condition that a cell sets to each of its uses. */
export interface CellRequire {
  readonly text: string
  readonly of: (use: string) => Condition
}

export function cellRequires(writer: Writer, graph: CellGraph, chosen: readonly string[]): readonly CellRequire[] {
  if (!chance(writer, 1, 6)) return []
  return [
    weighted<CellRequire>(writer, [
      [3, () => ofEdges(writer, graph)],
      [3, () => ofNodes(writer, graph)],
      [
        2,
        () => {
          const [name] = chosen
          return name === undefined ? ofEdges(writer, graph) : ofLet(writer, name)
        },
      ],
    ]),
  ]
}

function ofEdges(writer: Writer, graph: CellGraph): CellRequire {
  const [operator, test] = oneOf(writer, comparisons)
  const number = operator === '<=' || operator === '!=' ? 2 + writer.draws.integer(4) : 1 + writer.draws.integer(2)
  const text = `edges ${operator} ${number}`
  return { text, of: (use) => ({ text, holds: (member) => test(graphFacts(graph, use, member).edges, number) }) }
}

function ofNodes(writer: Writer, graph: CellGraph): CellRequire {
  const [text, fact] = oneOf(writer, [
    ['every node is reached', 'reached'],
    ['every node is reached and used', 'used'],
    ['every node is reached and used, or removed', 'usedOrRemoved'],
  ] as const)
  return { text, of: (use) => ({ text, holds: (member) => graphFacts(graph, use, member)[fact] }) }
}

function ofLet(writer: Writer, name: string): CellRequire {
  const number = oneOf(writer, [3, 4, 2])
  const [operator, test] = oneOf(writer, comparisons)
  const text = `${name} ${operator} ${number}`
  return {
    text,
    of: (use) => {
      const { valueIn } = termOf(name, `${use}.${name}`)
      return { text, holds: (member) => compared(test, valueIn(member), number) }
    },
  }
}

type Comparison = (a: number, b: number) => boolean

function compared(test: Comparison, a: number | undefined, b: number | undefined): Truth {
  return a === undefined || b === undefined ? undefined : test(a, b)
}

const comparisons: readonly (readonly [string, Comparison])[] = [
  ['<=', (a, b) => a <= b],
  ['>=', (a, b) => a >= b],
  ['!=', (a, b) => a !== b],
  ['==', (a, b) => a === b],
]

/** A condition on numbers that have a name, and on costs. */
export function condition(writer: Writer, terms: readonly Term[], depth = 1): Condition {
  return weighted<Condition>(writer, [
    [4, () => (terms.length === 0 ? ofCost(writer) : ofTerms(writer, terms))],
    [2, () => ofCost(writer)],
    ...(depth > 0 ? [[2, () => joined(writer, terms)] as const] : []),
  ])
}

function ofTerms(writer: Writer, terms: readonly Term[]): Condition {
  const a = termIn(writer, terms)
  if (chance(writer, 1, 6)) return ofSet(writer, a)
  const b = chance(writer, 1, 2) ? termIn(writer, terms) : constantTerm(oneOf(writer, [3, 4, 2, 1]))
  const [operator, test] = oneOf(writer, comparisons)
  return {
    text: `${a.text} ${operator} ${b.text}`,
    holds: (member) => compared(test, a.valueIn(member), b.valueIn(member)),
  }
}

function ofSet(writer: Writer, { text, valueIn }: Term): Condition {
  const [set, isIn] = oneOf<readonly [string, (value: number) => boolean]>(writer, [
    ['{ 2, 3, 6 }', (value) => [2, 3, 6].includes(value)],
    ['1..3', (value) => value >= 1 && value <= 3],
  ])
  return {
    text: `${text} in ${set}`,
    holds: (member) => {
      const value = valueIn(member)
      return value === undefined ? undefined : isIn(value)
    },
  }
}

/** One of some numbers, or one that is computed of them. */
function termIn(writer: Writer, terms: readonly Term[]): Term {
  const a = oneOf(writer, terms)
  if (!chance(writer, 1, 5)) return a
  const b = oneOf(writer, terms)
  const [operator, compute] = oneOf<readonly [string, (a: number, b: number) => number]>(writer, [
    ['+', (a, b) => a + b],
    ['*', (a, b) => a * b],
    ['-', (a, b) => a - b],
  ])
  return {
    text: `${a.text} ${operator} ${b.text}`,
    valueIn: (member) => {
      const [left, right] = [a.valueIn(member), b.valueIn(member)]
      return left === undefined || right === undefined ? undefined : compute(left, right)
    },
  }
}

/** How costs are counted: as it goes without saying, or by a convention that is named. */
const counted: readonly (readonly [text: string, costIn: (member: Member) => number])[] = [
  ['parameters', ({ costs }) => costs.parameters],
  ['macs', ({ costs }) => costs.macs],
  ['params', ({ costs }) => costs.parameters],
  ['flops', ({ costs }) => costs.macs],
  ['macs(full)', ({ network }) => costOf(network, 'full').macs],
  ['macs(mobile_vision)', ({ network }) => costOf(network, 'mobile-vision').macs],
  ['parameters(full)', ({ network }) => costOf(network, 'full').parameters],
]

function ofCost(writer: Writer): Condition {
  const [text, costIn] = oneOf(writer, counted)
  const isCeiling = chance(writer, 2, 3)
  const [least, factor] = isCeiling ? [1500, 40] : [300, 8]
  const bound = (text.startsWith('p') ? factor : least) * 2 ** writer.draws.integer(5)
  if (chance(writer, 1, 6)) {
    return {
      text: `${text} in ${bound}..${bound * 2}`,
      holds: (member) => costIn(member) >= bound && costIn(member) <= bound * 2,
    }
  }
  return {
    text: `${text} ${isCeiling ? '<=' : '>='} ${bound}`,
    holds: (member) => (isCeiling ? costIn(member) <= bound : costIn(member) >= bound),
  }
}

function joined(writer: Writer, terms: readonly Term[]): Condition {
  const [a, b] = [condition(writer, terms, 0), condition(writer, terms, 0)]
  return weighted<Condition>(writer, [
    [2, () => either(a, b)],
    [1, () => both(a, b)],
    [1, () => negated(a)],
  ])
}
