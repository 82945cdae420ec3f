import { at } from '../../operations/support/element.js'
import type { Program } from '../../program/program.js'

/**
 * Operations of the backward pass that read nothing which it makes, as maps that are computed anew: they could run at any
 * time, and should not before they are needed. By index, the first operation that reads what they make and is none of
 * them.
 *
 * @param dependencies as `dependenciesOf` gives them
 */
export function preparationsOf(
  { operations }: Program,
  dependencies: readonly (readonly number[])[],
): ReadonlyMap<number, number> {
  const backwardStart = operations.findIndex(({ phase }) => phase !== 'forward')
  const found = new Set<number>()
  if (backwardStart < 0) return new Map()
  const readers = new Map<number, number>()
  for (let index = backwardStart; index < operations.length; index++) {
    const { inputs, phase } = at(operations, index)
    const before = at(dependencies, index)
    for (const each of before) if (!readers.has(each)) readers.set(each, index)
    const readsForward = before.every((each) => each < backwardStart || found.has(each))
    if (phase === 'backward' && inputs.length > 0 && readsForward) found.add(index)
  }
  const purposes = new Map<number, number>()
  for (const index of [...found].toReversed()) {
    const reader = readers.get(index)
    const purpose = reader === undefined ? undefined : (purposes.get(reader) ?? reader)
    if (purpose !== undefined) purposes.set(index, purpose)
  }
  return purposes
}
