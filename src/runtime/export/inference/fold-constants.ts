import { definitionOf } from '../../operations/index.js'
import { at, sizeOf } from '../../operations/support/element.js'
import type { Operation, Program, ValueId } from '../../program/program.js'

/** What a value that no image has a part in is. */
export interface KnownValue {
  readonly data: Float32Array
  /** Variables that it is made from. */
  readonly from: ReadonlySet<string>
  /** Where the operation that made it comes from; absent where the value is a variable or an input as it is. */
  readonly path?: string
}

export interface FoldedProgram {
  readonly known: ReadonlyMap<ValueId, KnownValue>
  /** Those that images have a part in. */
  readonly operations: readonly Operation[]
}

/**
 * Computes all that no image has a part in: parts of the kernels of a supernet, batch norms that were folded into kernels, the
 * weights of options that were kept.
 *
 * @param isBatched whether a value is longer with more images
 * @param given the numbers of variables, and of inputs other than the images
 */
export function foldConstants(
  program: Program,
  isBatched: (id: ValueId) => boolean,
  given: (value: Program['values'][number]) => Float32Array | undefined,
): FoldedProgram {
  const known = new Map<ValueId, KnownValue>()
  for (const value of program.values) {
    const data = value.kind === 'temporary' ? undefined : given(value)
    if (data === undefined) continue
    known.set(value.id, { data, from: new Set(value.kind === 'variable' ? [value.name ?? ''] : []) })
  }
  const operations = program.operations.filter((operation) => {
    if (operation.outputs.some(isBatched)) return true
    const inputs = operation.inputs.map((id) => known.get(id))
    const ready = inputs.filter((input) => input !== undefined)
    if (ready.length < inputs.length) return true
    compute(program, operation, ready).forEach((data, position) => {
      known.set(at(operation.outputs, position), {
        data,
        from: new Set(ready.flatMap(({ from }) => [...from])),
        path: operation.origin ?? '',
      })
    })
    return false
  })
  return { known, operations }
}

function compute(
  { values }: Program,
  { operation, inputs, outputs, attributes }: Operation,
  known: readonly KnownValue[],
): readonly Float32Array[] {
  const shape = (id: ValueId): readonly number[] => at(values, id).shape
  const shapes = { inputs: inputs.map(shape), outputs: outputs.map(shape) }
  const results = shapes.outputs.map((dims) => new Float32Array(sizeOf(dims)))
  definitionOf(operation).reference(
    known.map(({ data }) => data),
    results,
    shapes,
    attributes,
  )
  return results
}
