import { ElaborationFailure } from '../limits/elaboration-failure.js'
import { printShape, sameShape, type Shape } from '../evaluation/shape.js'

interface SharedLayer {
  readonly path: string
  readonly input: number
  readonly shape: Shape
}

/** Layers and merges of a network in which features are shared: what is built twice is one node. */
export interface SharedNodes {
  /** @throws ElaborationFailure where one layer would have to be two */
  layer(layer: SharedLayer, build: () => number): number
  merge(key: string, build: () => number): number
}

export function sharedNodes(): SharedNodes {
  const layers = new Map<string, SharedLayer & { readonly id: number }>()
  const merges = new Map<string, number>()
  return {
    layer(layer, build) {
      const known = layers.get(layer.path)
      if (known) return sameLayer(known, layer)
      const { path, input, shape } = layer
      const id = build()
      layers.set(path, { path, input, shape, id })
      return id
    },
    merge(key, build) {
      const id = merges.get(key) ?? build()
      merges.set(key, id)
      return id
    },
  }
}

function sameLayer(known: SharedLayer & { readonly id: number }, asked: SharedLayer): number {
  if (known.input === asked.input && sameShape(known.shape, asked.shape)) return known.id
  const [first, second] = [printShape(known.shape), printShape(asked.shape)]
  throw new ElaborationFailure(known.path, 'features-differ', { first, second })
}
