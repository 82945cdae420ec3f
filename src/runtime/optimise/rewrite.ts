import { at } from '../operations/support/element.js'
import { renamedOutputs, type Operation, type Program, type Value, type ValueId } from '../program/program.js'

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

/** Whether a program has an operation of one of these names. */
export function hasAny(program: Program, names: ReadonlySet<string>): boolean {
  return program.operations.some(({ operation }) => names.has(operation))
}

/**
 * Walks a program in order and replaces operations. `visit` sees the operations of these names (or all), each with its
 * inputs already replaced.
 */
export function rewrite(
  program: Program,
  names: ReadonlySet<string> | 'all',
  visit: (operation: Operation, context: RewriteContext) => Rewriting,
): Program {
  if (names !== 'all' && !hasAny(program, names)) return program
  const values: Value[] = [...program.values]
  const uses = countUses(program)
  const producers = new Array<Operation | undefined>(values.length).fill(undefined)
  // By value, the other that it is known by, or itself.
  const aliases = new Int32Array(values.length).map((_, id) => id)
  const resolve = (id: ValueId): ValueId => aliases[id] ?? id
  const context: RewriteContext = {
    producer: (id) => producers[id],
    uses: (id) => uses[id] ?? 0,
    shape: (id) => values[id]?.shape ?? [],
    temporary(shape) {
      const id = values.length
      values.push({ id, shape, dtype: 'float32', kind: 'temporary' })
      return id
    },
  }
  let renamings = 0
  const operations: Operation[] = []
  const keep = (operation: Operation): void => {
    operations.push(operation)
    const { outputs } = operation
    for (let i = 0; i < outputs.length; i++) producers[at(outputs, i)] = operation
  }
  const rename = (operation: Operation, others: readonly ValueId[]): void => {
    operation.outputs.forEach((output, position) => {
      const alias = others[position]
      if (alias === undefined) return
      aliases[output] = alias
      uses[alias] = (uses[alias] ?? 0) + (uses[output] ?? 0)
      renamings++
    })
  }
  program.operations.forEach((original) => {
    const operation =
      renamings > 0 && original.inputs.some((input) => resolve(input) !== input)
        ? { ...original, inputs: original.inputs.map(resolve) }
        : original
    const rewriting = names === 'all' || names.has(operation.operation) ? visit(operation, context) : undefined
    if (rewriting === undefined) keep(operation)
    else if ('operations' in rewriting) rewriting.operations.forEach(keep)
    else rename(operation, rewriting.aliases)
  })
  return { values, operations, outputs: renamings > 0 ? renamedOutputs(program, resolve) : program.outputs }
}

/** By value, how often it is read. */
function countUses({ values, operations, outputs }: Program): Int32Array {
  const uses = new Int32Array(values.length)
  const count = (id: ValueId): void => {
    uses[id] = at(uses, id) + 1
  }
  operations.forEach(({ inputs }) => {
    inputs.forEach(count)
  })
  Object.values(outputs).forEach(count)
  return uses
}
