import type { IrCell } from '../../ir/model/space.js'
import type { NetworkBuilder, Stretch } from './network-builder.js'
import { buildCell, type CellSite, type CellUse } from './cell.js'
import type { Decider } from '../values/decider.js'
import type { Asked } from '../values/decider.js'

/** A copy of a cell that was built, and what it asked. */
interface Copy {
  readonly stretch: Stretch
  readonly asked: readonly Asked[]
}

/**
 * Builds the copies of the cells of one stack. A copy that reads maps of the same shapes as one before, asks for as many
 * channels and gets the same answers to its questions, is that one once more, under another path.
 */
export function copyBuilder(
  builder: NetworkBuilder,
  decider: Decider,
): (site: CellSite, use: CellUse, cell: IrCell) => number {
  const known = new Map<string, Copy[]>()
  return (site, use, cell) => {
    const { copy, inputs } = site
    const shapes = inputs.map((id) => builder.shape(id))
    const key = JSON.stringify([use.name, site.channels, shapes, inputs.map((id) => inputs.indexOf(id))])
    const copies = known.get(key) ?? []
    known.set(key, copies)
    const like = copies.find(({ asked }) => decider.sameAnswers(asked, copy))
    if (like) return builder.repeat(like.stretch, copy, inputs)
    const from = builder.nodes.length
    const { value: output, asked } = decider.noting(() => buildCell(site, use, cell))
    copies.push({ stretch: { path: copy, inputs, from, to: builder.nodes.length, output }, asked })
    return output
  }
}
