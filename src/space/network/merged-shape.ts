import type { Merge } from '../../ir/model/expression.js'
import { ElaborationFailure } from '../limits/elaboration-failure.js'
import { printShape, sameShape, type Shape } from '../evaluation/shape.js'

/** A map that is merged, and where it comes from. */
export interface FeatureMap {
  readonly path: string
  readonly shape: Shape
}

/** The shape of merged maps. @throws ElaborationFailure if they do not fit together */
export function mergedShape(path: string, merge: Merge, maps: readonly FeatureMap[]): Shape {
  if (merge === 'concat') return concatenatedShape(path, maps)
  // A vector per channel scales a whole map: squeeze and excitation.
  const whole = merge === 'multiply' ? maps.filter(({ shape }) => !isVectorBeside(shape, maps)) : maps
  return commonShape(path, `a ${merge}`, whole)
}

function concatenatedShape(path: string, maps: readonly FeatureMap[]): Shape {
  const [first, ...rest] = maps
  if (!first) throw nothingToMerge(path, 'a concat')
  const { height, width } = first.shape
  for (const map of rest) {
    if (map.shape.height !== height || map.shape.width !== width) commonShape(path, 'a concat', [first, map])
  }
  return { height, width, channels: maps.reduce((sum, { shape }) => sum + shape.channels, 0) }
}

/** The shape that all maps have. @throws ElaborationFailure if they do not agree */
export function commonShape(path: string, what: string, maps: readonly FeatureMap[]): Shape {
  const [first, ...rest] = maps
  if (first === undefined) throw nothingToMerge(path, what)
  const other = rest.find(({ shape }) => !sameShape(shape, first.shape))
  if (!other) return first.shape
  throw new ElaborationFailure(path, 'shapes-disagree', {
    what,
    first: first.path,
    expected: printShape(first.shape),
    second: other.path,
    found: printShape(other.shape),
  })
}

export function nothingToMerge(path: string, what: string): ElaborationFailure {
  return new ElaborationFailure(path, 'nothing-to-merge', { what })
}

function isVectorBeside(vector: Shape, others: readonly FeatureMap[]): boolean {
  const isVector = ({ height, width }: Shape): boolean => height === 1 && width === 1
  return isVector(vector) && others.some(({ shape }) => !isVector(shape) && shape.channels === vector.channels)
}
