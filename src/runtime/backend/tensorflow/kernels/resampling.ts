import type { Dims } from '../../../operations/support/definition.js'
import { at, mapOf, sizeOf } from '../../../operations/support/element.js'
import { axisMapsOf, placesOf, type AxisMap } from '../../../operations/resample2d.js'
import type { TensorId } from '../binding.js'
import type { TensorflowKernel } from '../kernel.js'
import type { Session } from '../session.js'

/** The matrix of the map of an axis: rows are places of the output. */
function matrixOf(session: Session, map: AxisMap, slots: number): TensorId {
  const shape: Dims = [placesOf(map), slots]
  const matrix = new Array<number>(sizeOf(shape)).fill(0)
  map.indices.forEach((index, j) => {
    const entry = Math.floor(j / map.taps) * slots + index
    matrix[entry] = at(matrix, entry) + at(map.weights, j)
  })
  return session.reals(matrix, shape)
}

/** Two matrix products, one along the height and one along the width. */
export const resample2d: TensorflowKernel = {
  scratchBytes: ({ inputs, outputs }) => 4 * Math.max(sizeOf(at(inputs, 0)), sizeOf(at(outputs, 0))),
  bind(session, { attributes, inputs, outputs }) {
    const { batch, height, width, channels } = mapOf(at(inputs, 0))
    const result = at(outputs, 0)
    const tall = at(result, 1)
    const { rows, columns } = axisMapsOf(attributes)
    const [down, right] = [matrixOf(session, rows, height), matrixOf(session, columns, width)]
    const [multiply, reshape] = [session.op('BatchMatMulV2'), session.op('Reshape')]
    const lines = session.integers([batch, height, width * channels])
    const pixels = session.integers([batch * tall, width, channels])
    const shape = session.integers(result)
    return (x) => reshape(multiply(right, reshape(multiply(down, reshape(x, lines)), pixels)), shape)
  },
}
