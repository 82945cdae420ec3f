import type { Shape } from '../../space/evaluation/shape.js'
import type { NetworkItem } from '../../ir/model/space.js'
import { partsOf } from './path.js'
import type { GraphTarget } from './graph-target.js'
import { shapeText } from './text.js'

/** A part of a network: how many layers or cells it has as built, and the size of what leaves it. */
export interface ItemOutput {
  readonly item: NetworkItem
  readonly copies: number
  /** `(48–72)²×24–32`; undefined where the part is empty. */
  readonly out: string | undefined
  /** The node whose map that is. */
  readonly last: number | undefined
}

/** The parts of a network in order, with what leaves them. */
export function itemOutputs(target: GraphTarget): readonly ItemOutput[] {
  return target.space.network.map((item, index) => {
    const largest = lastShape(target.network.nodes, item)
    const smallest = target.smallest && lastShape(target.smallest.nodes, item)
    const range = target.outputs?.[index]
    const [most, least] = range ? [range.most, range.least] : [largest.shape, smallest?.shape ?? largest.shape]
    return { item, copies: largest.copies, out: largest.shape && most && shapeText(most, least), last: largest.last }
  })
}

function lastShape(
  nodes: GraphTarget['network']['nodes'],
  item: NetworkItem,
): { readonly copies: number; readonly shape: Shape | undefined; readonly last: number | undefined } {
  const name = item.kind === 'stem' || item.kind === 'head' ? item.kind : item.name
  const own = nodes.filter(({ path }) => {
    const [top = ''] = partsOf(path)
    return top === name || (top.startsWith(`${name}[`) && top.endsWith(']'))
  })
  return {
    copies: new Set(own.map(({ path }) => partsOf(path)[0])).size,
    shape: own.at(-1)?.shape,
    last: own.at(-1)?.id,
  }
}
