import { definitionOf } from '../../operations/index.js'
import type { Data } from '../../operations/support/definition.js'
import { at, sizeOf } from '../../operations/support/element.js'
import type { Operation, Program, ValueId } from '../../program/program.js'
import type { WasmMemory } from './memory.js'

/** The memory as a reference implementation needs it. */
export type MemoryViews = Pick<WasmMemory, 'floats' | 'integers'>

/**
 * An operation that has no kernel: its reference implementation on views of the memory, which are made for every run,
 * since growth detaches them. Only the main thread can run it.
 */
export function bindReference(
  program: Program,
  { operation, inputs, outputs, attributes }: Operation,
  views: MemoryViews,
  addressOf: (id: ValueId) => number,
): () => void {
  const definition = definitionOf(operation)
  const shapeOf = (id: ValueId): readonly number[] => at(program.values, id).shape
  const shapes = { inputs: inputs.map(shapeOf), outputs: outputs.map(shapeOf) }
  const viewer = (id: ValueId): (() => Data) => {
    const { dtype, shape } = at(program.values, id)
    const address = addressOf(id)
    const count = sizeOf(shape)
    return () => (dtype === 'int32' ? views.integers(address, count) : views.floats(address, count))
  }
  const from = inputs.map(viewer)
  const to = outputs.map(viewer)
  return () => {
    definition.reference(
      from.map((view) => view()),
      to.map((view) => view()),
      shapes,
      attributes,
    )
  }
}
