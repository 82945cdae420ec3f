import { axisMap, resampling, type AxisMap } from '../../operations/resample2d.js'
import { numbers, type Primitive } from './primitive.js'

/** `resize`: another height and width; pixels are areas, as `interpolate` of PyTorch has them without aligned corners. */
export const resize: Primitive = (context) => {
  const { builder, input, inputShape, layer } = context
  const { height, width } = numbers(context, 'height', 'width')
  if (inputShape.height === height && inputShape.width === width) return input
  const method = String(layer.attributes['method'])
  const maps = [resizedAxis(inputShape.height, height, method), resizedAxis(inputShape.width, width, method)] as const
  return builder.one('resample2d', [input], resampling(...maps))
}

/** By sizes and method: all networks of an elastic supernet resize its images, to one of a few sizes. */
const known = new Map<string, AxisMap>()

/** The map from an axis of `from` places to one of `to` places. */
export function resizedAxis(from: number, to: number, method: string): AxisMap {
  const key = `${String(from)} ${String(to)} ${method}`
  const map = known.get(key) ?? axisMap(Array.from({ length: to }, (_, place) => tapsOf(place, from, to, method)))
  known.set(key, map)
  return map
}

function tapsOf(place: number, from: number, to: number, method: string): { index: number; weight: number }[] {
  if (method === 'nearest') return [{ index: Math.floor((place * from) / to), weight: 1 }]
  const clamp = (index: number): number => Math.min(Math.max(index, 0), from - 1)
  const centre = ((place + 0.5) * from) / to - 0.5
  if (method === 'bilinear') {
    const source = Math.max(centre, 0)
    const low = Math.floor(source)
    return merged([
      { index: clamp(low), weight: 1 - (source - low) },
      { index: clamp(low + 1), weight: source - low },
    ])
  }
  const low = Math.floor(centre)
  return merged([-1, 0, 1, 2].map((tap) => ({ index: clamp(low + tap), weight: cubic(centre - (low + tap)) })))
}

/** At the edges several taps fall on one place. */
function merged(
  taps: readonly { readonly index: number; readonly weight: number }[],
): { index: number; weight: number }[] {
  const weights = new Map<number, number>()
  for (const { index, weight } of taps) weights.set(index, (weights.get(index) ?? 0) + weight)
  return [...weights].map(([index, weight]) => ({ index, weight }))
}

/** Keys' cubic convolution kernel with a = -0.75. */
function cubic(offset: number): number {
  const a = -0.75
  const x = Math.abs(offset)
  if (x <= 1) return (a + 2) * x ** 3 - (a + 3) * x ** 2 + 1
  return x < 2 ? a * x ** 3 - 5 * a * x ** 2 + 8 * a * x - 4 * a : 0
}
