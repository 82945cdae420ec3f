import type { Condition } from './condition.js'
import { oneOf, weighted, type Writer } from './writer.js'

/** A space that rewrites the one that was written. */
export interface Rewrite {
  readonly text: string
  readonly conditionOf: (condition: Condition) => Condition
}

/** @param chosen names that stand for a choice between numbers */
export function rewritten(writer: Writer, chosen: readonly string[]): Rewrite {
  const name = chosen.length > 0 ? oneOf(writer, chosen) : undefined
  const rewrites = weighted(writer, [
    [1, () => 'classes = 3'],
    [1, () => 'input = image(one of { 6, 8 }, 3)'],
    ...(name === undefined
      ? []
      : [
          [3, () => `${name} = one of { 3, 5, 7 }`] as const,
          [1, () => `${name} = one of { 4, 2 }, classes = 3`] as const,
        ]),
    [1, () => 'through = conv(channels, one of { 1, 3 })'],
    [1, () => 'from = any 1 of earlier'],
  ])
  return { text: `space rewritten = space1 where ${rewrites}`, conditionOf: (condition) => condition }
}
