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
  const a = oneOf(writer, terms)
  const b = chance(writer, 1, 2) ? oneOf(writer, terms) : constantTerm(oneOf(writer, [3, 4, 2, 1]))
  const [operator, test] = oneOf(writer, comparisons)
  return {
    text: `${a.text} ${operator} ${b.text}`,
    holds: (member) => compared(test, a.valueIn(member), b.valueIn(member)),
  }
}

function ofCost(writer: Writer): Condition {
  const [name, quantity] = oneOf(writer, [
    ['parameters', 'parameters'],
    ['macs', 'macs'],
    ['params', 'parameters'],
    ['flops', 'macs'],
  ] as const)
  const isCeiling = chance(writer, 2, 3)
  const [least, factor] = isCeiling ? [1500, 40] : [300, 8]
  const bound = (quantity === 'macs' ? least : factor) * 2 ** writer.draws.integer(5)
  return {
    text: `${name} ${isCeiling ? '<=' : '>='} ${bound}`,
    holds: ({ costs }: Member) => (isCeiling ? costs[quantity] <= bound : costs[quantity] >= bound),
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
