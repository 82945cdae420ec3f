import { Failure } from '../../../catalogue/failure.js'
import { printArgument, type ComponentUse } from './component-use.js'

/**
 * Finds the implementation of a component in a table by its name in `std:search`. Throws a Failure that names the
 * component, the clause (`train weights`, `scale quick`, …) and what this version has instead.
 */
export function lookUp<T>(table: Readonly<Record<string, T>>, use: ComponentUse, kind: string, clause: string): T {
  if (Object.hasOwn(table, use.component)) {
    const found = table[use.component]
    if (found !== undefined) return found
  }
  const available = Object.keys(table).sort().join(', ')
  throw new Failure('component-not-available', { clause, kind, component: printArgument(use), available })
}
