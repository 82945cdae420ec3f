import { at } from '../operations/support/element.js'
import type { Attribute, Operation } from '../program/program.js'
import type { Pass } from './pass.js'
import { rewrite } from './rewrite.js'

/**
 * Computes the same operation on the same inputs once: the activations and the pools (with their batch norms, as long as
 * these have no weights) of one state serve all edges that leave it. Sound because no variable is read after its update.
 */
export const commonSubexpressions: Pass = {
  name: 'common-subexpressions',
  run(program) {
    const known = new Map<number, Operation[]>()
    return rewrite(program, 'all', (operation) => {
      if (operation.updates.length > 0) return undefined
      const key = hashOf(operation)
      const alike = known.get(key)
      if (alike === undefined) {
        known.set(key, [operation])
        return undefined
      }
      const first = alike.find((each) => isSame(each, operation))
      if (first !== undefined) return { aliases: first.outputs }
      alike.push(operation)
      return undefined
    })
  },
}

/** Equal for operations that are the same. */
function hashOf({ inputs, attributes }: Operation): number {
  // Fowler, Noll and Vo's.
  let hash = 0x811c9dc5
  for (let i = 0; i < inputs.length; i++) hash = Math.imul(hash ^ at(inputs, i), 0x01000193)
  for (const key in attributes) {
    const value = attributes[key]
    if (typeof value === 'number') hash = Math.imul(hash ^ value, 0x01000193)
  }
  return hash
}

function isSame(a: Operation, b: Operation): boolean {
  return a.operation === b.operation && sameItems(a.inputs, b.inputs) && sameAttributes(a.attributes, b.attributes)
}

function sameAttributes(a: Operation['attributes'], b: Operation['attributes']): boolean {
  if (a === b) return true
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => sameAttribute(a[name], b[name]))
}

function sameAttribute(a: Attribute | undefined, b: Attribute | undefined): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && sameItems(a, b))
}

function sameItems(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i])
}
