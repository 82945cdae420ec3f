import type { Expression } from '../../ir/model/expression.js'
import type { Ir } from '../../ir/model/ir.js'
import type { IrCell, IrSpace } from '../../ir/model/space.js'

/**
 * Constants that networks are built from, by id: those that spaces and their cells lead to through operations and other
 * constants. What only a `require`, a search or an architecture speaks of is none of them.
 */
export function networkConstants(ir: Ir): ReadonlySet<string> {
  const values = new Map(ir.constants.map(({ id, value }) => [id, value]))
  const operations = new Map(ir.operations.map((operation) => [operation.id, operation]))
  const found = new Set<string>()
  const visited = new Set<string>()
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return
    if (isExpression(part, 'constant') && !found.has(part.id)) {
      found.add(part.id)
      visit(values.get(part.id))
    }
    if (isExpression(part, 'operation') && !visited.has(part.operation)) {
      visited.add(part.operation)
      visit(operations.get(part.operation))
    }
    Object.values(part).forEach(visit)
  }
  ;[...ir.cells, ...ir.spaces].map(withoutRequires).forEach(visit)
  return found
}

function withoutRequires<T extends IrCell | IrSpace>({ requires: _, ...rest }: T): Omit<T, 'requires'> {
  return rest
}

function isExpression<K extends Expression['kind']>(part: object, kind: K): part is Extract<Expression, { kind: K }> {
  return 'kind' in part && part.kind === kind
}
