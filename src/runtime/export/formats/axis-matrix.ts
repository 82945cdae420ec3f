import { placesOf, type AxisMap } from '../../operations/resample2d.js'

/** The matrix [places, from] of a linear map along an axis; nothing where it is the identity. */
export function axisMatrix(map: AxisMap, from: number): Float32Array | undefined {
  const places = placesOf(map)
  const matrix = new Float32Array(places * from)
  map.indices.forEach((index, entry) => {
    const place = Math.floor(entry / map.taps) * from + index
    matrix[place] = (matrix[place] ?? 0) + (map.weights[entry] ?? 0)
  })
  const isIdentity = places === from && matrix.every((weight, i) => weight === Number(i % (from + 1) === 0))
  return isIdentity ? undefined : matrix
}
