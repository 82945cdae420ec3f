import type { Ir } from '../../ir/model/ir.js'
import type { IrRequire, IrSpace } from '../../ir/model/space.js'
import { cellsOfStack } from './stack-layers.js'

/** A `require`, with the name under which the space uses the cell where it stands in one. */
export interface StatedRequire {
  readonly require: IrRequire
  readonly cell?: string
}

/** All that a space requires, then its cells, in the order in which it names them. Cells that stand in no stack require nothing. */
export function requiresOf(ir: Ir, space: IrSpace): readonly StatedRequire[] {
  const stacked = new Set(space.network.flatMap((item) => (item.kind === 'stack' ? cellsOfStack(item) : [])))
  const ofCells = space.cells.flatMap((use) => {
    const cell = stacked.has(use.name) ? ir.cells.find(({ id }) => id === use.cell) : undefined
    return (cell?.requires ?? []).map((require) => ({ require, cell: use.name }))
  })
  return [...space.requires.map((require) => ({ require })), ...ofCells]
}
