import type { CellInstance } from '../../../space/network/build-network.js'
import { printShape, type Shape } from '../../../space/values/shape.js'
import { Failure } from '../../../ir/failure.js'

/** A map of a cell has no one shape, so that what reads it cannot be analysed by itself. */
export function variableShape(copy: CellInstance, name: string, shapes: readonly Shape[] = []): Failure {
  const seen = shapes.length === 0 ? '' : ` (${shapes.map(printShape).join(', ')})`
  return new Failure(
    'NAS6132',
    `The shape of \`${copy.use.name}.${name}\` depends on what is chosen inside of the cell${seen}, which this analysis does not cover.`,
    'Let every operation of a node give maps of one shape.',
  )
}
