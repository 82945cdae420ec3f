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
    const known = openTable(program.operations.length)
    return rewrite(program, 'all', (operation) => {
      if (operation.updates.length > 0) return undefined
      const first = known.sameAs(operation)
      return first === undefined ? undefined : { aliases: first.outputs }
    })
  },
}

/** The operations so far, by what they compute: a hash table with open addressing, for a program has thousands of them. */
function openTable(most: number): { sameAs(operation: Operation): Operation | undefined } {
  const places = 2 ** Math.ceil(Math.log2(2 * most + 1))
  /** Place in `held`, from 1; 0 where there is nothing. */
  const table = new Int32Array(places)
  const held: Operation[] = []
  return {
    /** The same operation as it was met first; one that is new is held. */
    sameAs(operation) {
      for (let place = hashOf(operation) & (places - 1); ; place = (place + 1) & (places - 1)) {
        const number = at(table, place)
        if (number === 0) {
          table[place] = held.push(operation)
          return undefined
        }
        const other = at(held, number - 1)
        if (isSame(other, operation)) return other
      }
    },
  }
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
  // The low bits alone decide a place.
  return hash ^ (hash >>> 15)
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
