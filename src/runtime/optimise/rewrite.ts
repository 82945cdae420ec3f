import { at } from '../operations/support/element.js'
import {
  operationLike,
  renamedOutputs,
  type Operation,
  type Program,
  type Value,
  type ValueId,
} from '../program/program.js'

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
  const { operations } = program
  for (let index = 0; index < operations.length; index++) if (names.has(at(operations, index).operation)) return true
  return false
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
  const values: Value[] = program.values.slice()
  const uses = usesOf(program)
  const producers = new Array<Operation | undefined>(values.length).fill(undefined)
  /** By value, the other that it is known by, or -1. */
  const aliases = new Int32Array(values.length).fill(-1)
  let renamings = 0
  const isRenamed = (id: ValueId): boolean => (aliases[id] ?? -1) >= 0
  const resolve = (id: ValueId): ValueId => (isRenamed(id) ? at(aliases, id) : id)
  const context: RewriteContext = {
    producer: (id) => producers[id],
    uses: uses.of,
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
    const { outputs } = operation
    for (let i = 0; i < outputs.length; i++) producers[outputs[i] ?? 0] = operation
  }
  const rename = (operation: Operation, others: readonly ValueId[]): void => {
    operation.outputs.forEach((output, position) => {
      const alias = others[position]
      if (alias === undefined) return
      aliases[output] = alias
      renamings++
      uses.move(output, alias)
    })
  }
  for (let position = 0; position < program.operations.length; position++) {
    const original = at(program.operations, position)
    const { inputs } = original
    const operation =
      renamings > 0 && inputs.some(isRenamed) ? operationLike(original, { inputs: inputs.map(resolve) }) : original
    const rewriting = names === 'all' || names.has(operation.operation) ? visit(operation, context) : undefined
    if (rewriting === undefined) keep(operation)
    else if ('operations' in rewriting) rewriting.operations.forEach(keep)
    else rename(operation, rewriting.aliases)
  }
  return { values, operations, outputs: renamings > 0 ? renamedOutputs(program, resolve) : program.outputs }
}

/** By value, how often it is read. Counted when it is first asked for: most passes never ask. */
function usesOf(program: Program): { readonly of: (id: ValueId) => number; move(from: ValueId, to: ValueId): void } {
  let counted: Int32Array | undefined
  const moved: ValueId[] = []
  const add = (uses: Int32Array, from: ValueId, to: ValueId): void => {
    uses[to] = (uses[to] ?? 0) + (uses[from] ?? 0)
  }
  const counts = (): Int32Array => {
    const uses = countUses(program)
    for (let i = 0; i < moved.length; i += 2) add(uses, at(moved, i), at(moved, i + 1))
    return uses
  }
  return {
    of: (id) => (counted ??= counts())[id] ?? 0,
    move(from, to) {
      if (counted === undefined) moved.push(from, to)
      else add(counted, from, to)
    },
  }
}

/** By value, how often it is read. */
function countUses({ values, operations, outputs }: Program): Int32Array {
  const uses = new Int32Array(values.length)
  for (let position = 0; position < operations.length; position++) {
    const { inputs } = at(operations, position)
    for (let i = 0; i < inputs.length; i++) {
      const id = inputs[i] ?? 0
      uses[id] = (uses[id] ?? 0) + 1
    }
  }
  for (const id of Object.values(outputs)) uses[id] = at(uses, id) + 1
  return uses
}
