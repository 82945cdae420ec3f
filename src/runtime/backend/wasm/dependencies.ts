import { at } from '../../operations/support/element.js'
import type { Program } from '../../program/program.js'

/**
 * For every operation the earlier ones (by index) that must be done before it: those that make what it reads; of a
 * variable, its last update before a reader, and every reader before the next update.
 */
export function dependenciesOf({ values, operations }: Program): readonly (readonly number[])[] {
  const writer = new Int32Array(values.length).fill(-1)
  const readers = new Map<number, number[]>()
  /** By operation, the last one that was found to depend on it. */
  const dependent = new Int32Array(operations.length).fill(-1)
  return operations.map(({ inputs, outputs, updates }, index) => {
    const before: number[] = []
    const follow = (earlier: number): void => {
      if (earlier < 0 || dependent[earlier] === index) return
      dependent[earlier] = index
      before.push(earlier)
    }
    for (let i = 0; i < inputs.length; i++) follow(at(writer, at(inputs, i)))
    for (let i = 0; i < updates.length; i++) {
      const id = at(updates, i)
      readers.get(id)?.forEach(follow)
      readers.delete(id)
      writer[id] = index
    }
    for (let i = 0; i < inputs.length; i++) {
      const id = at(inputs, i)
      if (values[id]?.kind !== 'variable' || updates.includes(id)) continue
      const list = readers.get(id)
      if (list === undefined) readers.set(id, [index])
      else list.push(index)
    }
    for (let i = 0; i < outputs.length; i++) writer[at(outputs, i)] = index
    return before
  })
}
