import { numberOf, numbersOf } from './support/attribute.js'
import type { Attributes, Dims, OperationDefinition } from './support/definition.js'
import { at, demandCount, mapOf } from './support/element.js'
import { gradientFor, inputShape } from './support/gradient.js'

/**
 * A linear map from one axis to another: place i of the output is the sum of `weights[j]` times place `indices[j]` of the
 * input over the `taps` entries j from i * taps on.
 */
export interface AxisMap {
  readonly taps: number
  readonly indices: readonly number[]
  readonly weights: readonly number[]
}

/**
 * resample2d (x) -> y {rowTaps, rows, rowWeights, columnTaps, columns, columnWeights}: an `AxisMap` along the height and one
 * along the width. Whatever picks, scatters, pads, crops or interpolates pixels is one of these, and so is its adjoint.
 */
export const resample2d: OperationDefinition = {
  name: 'resample2d',
  shapes(inputs, attributes) {
    demandCount('resample2d', inputs, 1)
    const { batch, height, width, channels } = mapOf(at(inputs, 0))
    const { rows, columns } = axisMapsOf(attributes)
    demandWithin(rows, height)
    demandWithin(columns, width)
    return [[batch, placesOf(rows), placesOf(columns), channels]]
  },
  flops(_inputs, outputs, attributes) {
    const { batch, height, width, channels } = mapOf(at(outputs, 0))
    const { rows, columns } = axisMapsOf(attributes)
    return 2 * batch * height * width * channels * rows.taps * columns.taps
  },
  adjoint(context) {
    const { height, width } = mapOf(inputShape(context, 0))
    const { rows, columns } = axisMapsOf(context.operation.attributes)
    const attributes = resampling(transposedMap(rows, height), transposedMap(columns, width))
    return [gradientFor(context, 0, (dy) => context.builder.one('resample2d', [dy], attributes))]
  },
  reference(inputs, outputs, shapes, attributes) {
    const [x, y] = [at(inputs, 0), at(outputs, 0)]
    const from = mapOf(at(shapes.inputs, 0))
    const to = mapOf(at(shapes.outputs, 0))
    const { rows, columns } = axisMapsOf(attributes)
    for (let i = 0; i < y.length; i++) {
      const channel = i % to.channels
      const column = Math.floor(i / to.channels) % to.width
      const row = Math.floor(i / (to.channels * to.width)) % to.height
      const image = Math.floor(i / (to.channels * to.width * to.height))
      let sum = 0
      for (let r = row * rows.taps; r < (row + 1) * rows.taps; r++) {
        const line = (image * from.height + at(rows.indices, r)) * from.width
        for (let c = column * columns.taps; c < (column + 1) * columns.taps; c++) {
          const pixel = (line + at(columns.indices, c)) * from.channels + channel
          sum += at(rows.weights, r) * at(columns.weights, c) * at(x, pixel)
        }
      }
      y[i] = sum
    }
  },
}

/** Attributes of the operation. */
export function resampling(rows: AxisMap, columns: AxisMap): Attributes {
  return {
    rowTaps: rows.taps,
    rows: rows.indices,
    rowWeights: rows.weights,
    columnTaps: columns.taps,
    columns: columns.indices,
    columnWeights: columns.weights,
  }
}

export function axisMapsOf(attributes: Attributes): { readonly rows: AxisMap; readonly columns: AxisMap } {
  return {
    rows: {
      taps: numberOf(attributes, 'rowTaps'),
      indices: numbersOf(attributes, 'rows'),
      weights: numbersOf(attributes, 'rowWeights'),
    },
    columns: {
      taps: numberOf(attributes, 'columnTaps'),
      indices: numbersOf(attributes, 'columns'),
      weights: numbersOf(attributes, 'columnWeights'),
    },
  }
}

/** Number of places of the output. */
export function placesOf({ taps, indices }: AxisMap): number {
  return indices.length / taps
}

/** The map whose matrix is the transpose. @param places of the input */
export function transposedMap(map: AxisMap, places: number): AxisMap {
  const entries = Array.from({ length: places }, (): { index: number; weight: number }[] => [])
  map.indices.forEach((index, j) => {
    const weight = at(map.weights, j)
    if (weight !== 0) entries[index]?.push({ index: Math.floor(j / map.taps), weight })
  })
  return axisMap(entries)
}

/** A map from the entries of every place of the output; missing ones are filled up by zeros. */
export function axisMap(entries: readonly (readonly { readonly index: number; readonly weight: number }[])[]): AxisMap {
  const taps = Math.max(1, ...entries.map(({ length }) => length))
  const filled = entries.flatMap((place) =>
    Array.from({ length: taps }, (_, tap) => place[tap] ?? { index: 0, weight: 0 }),
  )
  return { taps, indices: filled.map(({ index }) => index), weights: filled.map(({ weight }) => weight) }
}

/** Takes places of the input one by one, `undefined` being zero. */
export function picked(indices: readonly (number | undefined)[]): AxisMap {
  return axisMap(indices.map((index) => (index === undefined ? [] : [{ index, weight: 1 }])))
}

function demandWithin({ taps, indices, weights }: AxisMap, places: Dims[number]): void {
  const within = indices.every((index) => Number.isInteger(index) && index >= 0 && index < places)
  if (!within || indices.length !== weights.length || indices.length % taps !== 0) {
    throw new Error(`resample2d: the map of an axis does not fit ${String(places)} places`)
  }
}
