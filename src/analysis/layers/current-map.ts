import type { Shape } from '../../space/evaluation/shape.js'
import type { State } from '../diagram/state.js'

/** The map that the next part of the network reads. */
export function currentMap({ maps }: State): Shape {
  const shape = maps.at(-1)
  if (!shape) throw new Error('a network starts with its input')
  return shape
}
