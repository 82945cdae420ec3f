import type { Condition } from './condition.js'
import { chance, oneOf, weighted, type Writer } from './writer.js'

/** A space that rewrites the one that was written. */
export interface Rewrite {
  readonly text: string
  /** Name of the space that is rewritten in the end. */
  readonly space: string
  readonly conditionOf: (condition: Condition) => Condition
}

/** What a space has that may be written anew. */
export interface Rewritable {
  /** Names that stand for a choice between numbers. */
  readonly chosen: readonly string[]
  readonly stages: readonly string[]
  /** Names of sets of operations. */
  readonly sets: readonly string[]
  /** Uses of cells that take a kernel, and the names of the cells. */
  readonly uses: readonly (readonly [use: string, cell: string])[]
}

export function rewritten(writer: Writer, space: Rewritable): Rewrite {
  const first = `space1 where ${changesOf(writer, space)}`
  const conditionOf = (condition: Condition): Condition => condition
  return weighted<Rewrite>(writer, [
    [3, () => ({ text: `space rewritten = ${first}`, space: 'rewritten', conditionOf })],
    [1, () => ({ text: searchOf('rewritten', first), space: 'space1@rewritten', conditionOf })],
    [
      1,
      () => {
        const text = `space between = ${first}\nspace rewritten = between where ${changesOf(writer, space)}`
        return { text, space: 'rewritten', conditionOf }
      },
    ],
  ])
}

/** A search that may do with its space what a space may do with another one. */
function searchOf(name: string, of: string): string {
  const clauses = [
    'sample uniform',
    'minimise cross_entropy',
    'train weights { sgd(lr: 0.1) }',
    'score accuracy',
    'derive argmax',
  ]
  return `search ${name} of ${of} { ${clauses.join('; ')} }`
}

function changesOf(writer: Writer, space: Rewritable): string {
  const one = changeOf(writer, space)
  if (!chance(writer, 1, 4)) return one
  const other = changeOf(writer, space)
  return other.split(' =')[0] === one.split(' =')[0] ? one : `${one}, ${other}`
}

function changeOf(writer: Writer, { chosen, stages, sets, uses }: Rewritable): string {
  const among = <T>(weight: number, items: readonly T[], write: (item: T) => string): [number, () => string] => [
    items.length > 0 ? weight : 0,
    () => write(oneOf(writer, items)),
  ]
  return weighted(writer, [
    [1, () => 'classes = 3'],
    [1, () => 'input = image(one of { 6, 8 }, 3)'],
    among(3, chosen, (name) => `${name} = one of { 3, 5, 7 }`),
    among(1, chosen, (name) => `${name} = one of { 4, 2 }`),
    among(1, chosen, (name) => `${name} = max(${name}, 3)`),
    among(1, stages, (name) => `${name}.width = one of { 2, 4 }`),
    among(1, stages, (name) => `${name}.depth = one of { 1, 2 }`),
    among(1, stages, (name) => `${name}.layer = conv(channels, one of { 1, 3 })`),
    among(1, stages, (name) => `${name}.first = conv(channels, 3)`),
    among(2, sets, (name) => `${name} = ${name} + { bn }`),
    among(1, sets, (name) => `${name} = ${name} - { relu }`),
    among(2, uses, ([use, cell]) => `${use} = ${cell}(k: one of { 1, 3 })`),
    [1, () => 'through = conv(channels, one of { 1, 3 })'],
    [1, () => 'from = any 1 of earlier'],
  ])
}
