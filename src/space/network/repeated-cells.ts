import type { IrCell } from '../../ir/model/space.js'
import type { NetworkBuilder } from './network-builder.js'
import type { NodeRange } from './node-range.js'
import { buildCell, type CellContext, type CellUse } from './cell.js'
import type { Decider } from '../decisions/decider.js'
import type { BoundDecision } from '../decisions/decider.js'

/** A copy of a cell that was built, and what it asked. */
interface BuiltCell {
  readonly range: NodeRange
  readonly asked: readonly BoundDecision[]
}

/**
 * Builds the copies of the cells of one stack. A copy that reads maps of the same shapes as one before, asks for as many
 * channels and is bound alike wherever it chooses, is that one once more, under another path.
 */
export function cellInstanceBuilder(
  builder: NetworkBuilder,
  decider: Decider,
): (context: CellContext, use: CellUse, cell: IrCell) => number {
  const known = new Map<string, BuiltCell[]>()
  return (context, use, cell) => {
    const { copy, inputs } = context
    const shapes = inputs.map((id) => builder.shape(id))
    const key = JSON.stringify([use.name, context.channels, shapes, inputs.map((id) => inputs.indexOf(id))])
    const copies = known.get(key) ?? []
    known.set(key, copies)
    const like = copies.find(({ asked }) => decider.hasSameBounds(asked, copy))
    if (like) return builder.repeat(like.range, copy, inputs)
    const from = builder.nodes.length
    const { value: output, asked } = decider.recording(() => buildCell(context, use, cell))
    copies.push({ range: { path: copy, inputs, from, to: builder.nodes.length, output }, asked })
    return output
  }
}
