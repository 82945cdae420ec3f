import { sizeOf } from '../../operations/support/element.js'
import { stridesOf, walk } from '../../operations/support/strides.js'

/** Numbers of a tensor in another order of its axes. Axis i of the result is axis order[i]. */
export function transposed(data: Float32Array, shape: readonly number[], order: readonly number[]): Float32Array {
  const to = order.map((axis) => shape[axis] ?? 1)
  const strides = stridesOf(shape)
  const result = new Float32Array(sizeOf(shape))
  walk(
    to,
    order.map((axis) => strides[axis] ?? 0),
    stridesOf(to),
    (from, place) => {
      result[place] = data[from] ?? 0
    },
  )
  return result
}
