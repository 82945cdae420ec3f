import { picked, resampling, type AxisMap } from '../../operations/resample2d.js'
import { numbers, type Primitive } from './primitive.js'

/** `pad`: zeros, mirror images or repetitions of the edge around the map. */
export const pad: Primitive = (context) => {
  const { builder, input, inputShape, layer } = context
  const { before, after } = numbers(context, 'before', 'after')
  const axis = (size: number): AxisMap => paddedAxis(size, before, after, layer.attributes['mode'])
  return builder.one('resample2d', [input], resampling(axis(inputShape.height), axis(inputShape.width)))
}

function paddedAxis(size: number, before: number, after: number, mode: unknown): AxisMap {
  const places = Array.from({ length: before + size + after }, (_, place) => place - before)
  return picked(
    places.map((place) => {
      if (place >= 0 && place < size) return place
      if (mode === 'edge') return place < 0 ? 0 : size - 1
      if (mode === 'reflect') return place < 0 ? -place : 2 * (size - 1) - place
      return undefined
    }),
  )
}
