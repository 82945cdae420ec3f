import type { Ir } from '../ir/model/ir.js'
import { spaceOf } from '../space/expressions/definitions.js'

/**
 * Names of the params that the networks of a space depend on: those that it names itself, or through lets, operations and cells.
 * Others, such as the size of an evolution, speak of a search alone.
 */
export function paramsOfSpace(ir: Ir, space: string): ReadonlySet<string> {
  const declared = new Map<string, unknown>([
    ...ir.constants.map((each) => [each.id, each] as const),
    ...ir.operations.map((each) => [each.id, each] as const),
    ...ir.cells.map((each) => [each.id, each] as const),
  ])
  const names = new Set(ir.params.map(({ name }) => name))
  const found = new Set<string>()
  const visited = new Set<unknown>()
  const visit = (node: unknown): void => {
    if (typeof node === 'string') {
      const declaration = declared.get(node)
      if (declaration !== undefined) visit(declaration)
      return
    }
    if (typeof node !== 'object' || node === null || visited.has(node)) return
    visited.add(node)
    if ('kind' in node && node.kind === 'param' && 'name' in node && typeof node.name === 'string') {
      if (names.has(node.name) && !found.has(node.name)) {
        found.add(node.name)
        // A param may have another one as its default.
        visit(ir.params.find(({ name }) => name === node.name)?.default)
      }
      return
    }
    for (const child of Object.values(node)) visit(child)
  }
  visit(spaceOf(ir, space))
  return found
}
