import type { CellInstance } from '../../../space/network/build-network.js'
import { printShape, type Shape } from '../../../space/values/shape.js'
import { Failure } from '../../../catalogue/failure.js'

/** A map of a cell has no one shape, so that what reads it cannot be analysed by itself. */
export function variableShape(copy: CellInstance, name: string, shapes: readonly Shape[] = []): Failure {
  const seen = shapes.length === 0 ? '' : ` (${shapes.map(printShape).join(', ')})`
  return new Failure('shape-depends-on-choice', { state: `${copy.use.name}.${name}`, shapes: seen })
}
