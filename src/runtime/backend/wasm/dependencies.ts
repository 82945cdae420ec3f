import { at } from '../../operations/support/element.js'
import type { Program } from '../../program/program.js'

/**
 * For every operation the earlier ones (by index) that must be done before it: those that make what it reads; of a
 * variable, its last update before a reader, and every reader before the next update.
 */
export function dependenciesOf({ values, operations }: Program): readonly (readonly number[])[] {
  const writer = new Int32Array(values.length).fill(-1)
  const readers = new Map<number, number[]>()
  return operations.map(({ inputs, outputs, updates = [] }, index) => {
    const before = new Set<number>()
    for (const id of [...inputs, ...updates]) if (at(writer, id) >= 0) before.add(at(writer, id))
    for (const id of updates) {
      for (const reader of readers.get(id) ?? []) before.add(reader)
      readers.delete(id)
      writer[id] = index
    }
    for (const id of inputs) {
      if (values[id]?.kind !== 'variable' || updates.includes(id)) continue
      const list = readers.get(id)
      if (list === undefined) readers.set(id, [index])
      else list.push(index)
    }
    for (const id of outputs) writer[id] = index
    return [...before]
  })
}
