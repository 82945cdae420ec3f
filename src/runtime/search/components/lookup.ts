import { Failure } from '../../../ir/failure.js'
import { printArgument, type ComponentUse } from './use.js'

/**
 * Finds the implementation of a component in a table by its name in `std:search`. Throws a Failure that names the
 * component, the clause (`train weights`, `scale quick`, …) and what this version has instead.
 */
export function lookUp<T>(table: Readonly<Record<string, T>>, use: ComponentUse, kind: string, clause: string): T {
  if (Object.hasOwn(table, use.component)) {
    const found = table[use.component]
    if (found !== undefined) return found
  }
  const available = Object.keys(table).sort()
  throw new Failure(
    'NAS7501',
    `The clause \`${clause}\` asks for the ${kind} \`${printArgument(use)}\`, which this version of the runtime does not have.`,
    `Available as ${kind}: ${available.join(', ')}. Use one of them in \`${clause}\`.`,
  )
}
