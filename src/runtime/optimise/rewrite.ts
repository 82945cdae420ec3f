import type { Operation, Program, Value, ValueId } from '../program/program.js'

/**
 * What becomes of an operation: itself (`undefined`), other operations that make the same outputs, or nothing, its
 * outputs being known by other values.
 */
export type Rewriting =
  undefined | { readonly operations: readonly Operation[] } | { readonly aliases: readonly ValueId[] }

export interface RewriteContext {
  /** The operation, as it now is, that makes a value. */
  producer(id: ValueId): Operation | undefined
  /** Operations and outputs of the program as it was that read a value. */
  uses(id: ValueId): number
  shape(id: ValueId): readonly number[]
  /** A new temporary. */
  temporary(shape: readonly number[]): ValueId
}

/**
 * Walks a program in order and replaces operations. `visit` sees every operation with its inputs already replaced.
 * Values that lose their maker stay in the list until dead code is removed.
 */
export function rewrite(
  program: Program,
  visit: (operation: Operation, context: RewriteContext) => Rewriting,
): Program {
  const values: Value[] = [...program.values]
  const uses = countUses(program)
  const producers = new Map<ValueId, Operation>()
  const aliases = new Map<ValueId, ValueId>()
  const resolve = (id: ValueId): ValueId => aliases.get(id) ?? id
  const context: RewriteContext = {
    producer: (id) => producers.get(id),
    uses: (id) => uses.get(id) ?? 0,
    shape: (id) => values[id]?.shape ?? [],
    temporary(shape) {
      const id = values.length
      values.push({ id, shape, dtype: 'float32', kind: 'temporary' })
      return id
    },
  }
  const operations: Operation[] = []
  const keep = (operation: Operation): void => {
    operations.push(operation)
    for (const output of operation.outputs) producers.set(output, operation)
  }
  for (const original of program.operations) {
    const operation = original.inputs.some((input) => aliases.has(input))
      ? { ...original, inputs: original.inputs.map(resolve) }
      : original
    const rewriting = visit(operation, context)
    if (rewriting === undefined) keep(operation)
    else if ('operations' in rewriting) rewriting.operations.forEach(keep)
    else {
      operation.outputs.forEach((output, position) => {
        const alias = rewriting.aliases[position]
        if (alias === undefined) return
        aliases.set(output, alias)
        uses.set(alias, (uses.get(alias) ?? 0) + (uses.get(output) ?? 0))
      })
    }
  }
  const outputs = Object.fromEntries(Object.entries(program.outputs).map(([name, id]) => [name, resolve(id)]))
  return { values, operations, outputs }
}

function countUses(program: Program): Map<ValueId, number> {
  const uses = new Map<ValueId, number>()
  const count = (id: ValueId): unknown => uses.set(id, (uses.get(id) ?? 0) + 1)
  for (const { inputs } of program.operations) inputs.forEach(count)
  Object.values(program.outputs).forEach(count)
  return uses
}
