import { sameDims, at } from '../../operations/support/element.js'
import type { Program, ValueId } from '../../program/program.js'

/** Numbers of images that no other length in a network is likely to be. */
export const batches = [7, 11] as const

/**
 * By value, the axis that is longer with more images.
 *
 * @param few the same program for `batches[0]` images, `more` for `batches[1]`
 */
export function batchAxes(few: Program, more: Program): (id: ValueId) => number | undefined {
  const differs = (what: string): Error => new Error(`a forward pass is not the same for more images: ${what}`)
  if (few.operations.length !== more.operations.length) throw differs('it has other operations')
  few.operations.forEach((operation, index) => {
    const other = at(more.operations, index)
    if (operation.operation !== other.operation || !sameDims(operation.inputs, other.inputs)) {
      throw differs(`${operation.operation} at ${operation.origin ?? '?'}`)
    }
  })
  const axes = few.values.map(({ shape }, id) => {
    const other = at(more.values, id).shape
    const grown = shape.flatMap((size, axis) => (size === other[axis] ? [] : [axis]))
    const fits = grown.every((axis) => at(shape, axis) * batches[1] === at(other, axis) * batches[0])
    if (grown.length > 1 || !fits) throw differs(`[${shape.join()}] is [${other.join()}]`)
    return grown[0]
  })
  return (id) => axes[id]
}
