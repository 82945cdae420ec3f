import { ElaborationFailure } from '../limits/elaboration-failure.js'
import { sameShape, type Shape } from '../evaluation/shape.js'
import { entanglesChannels, isChain, keepsMask } from './channelwise.js'
import type { Elastic, LayerNode, NetworkNode, Weight } from './network.js'

/** What a decision makes of a node. */
export interface Outline {
  readonly shape: Shape
  /** Of a primitive. */
  readonly attributes?: LayerNode['attributes']
  readonly weights?: readonly Weight[]
}

/**
 * A mask narrows maps and does nothing else, and a subsample makes them smaller; a decision that decides more cannot be relaxed
 * so.
 *
 * @throws ElaborationFailure NAS7670
 */
export function refuseOtherEffects(
  path: string,
  decision: string,
  by: Elastic['by'],
  whole: Outline,
  part: Outline,
): void {
  const refuse = (what: string): never => {
    throw new ElaborationFailure(decision, 'decides-more-than-size', { binding: by, what, layer: path })
  }
  if (by === 'subsample') {
    const sizes = ({ weights = [] }: Outline): string => weights.map(({ shape }) => shape.join()).join(' ')
    if (sizes(whole) !== sizes(part)) refuse('the shapes of weights')
    return
  }
  if (!sameShape(whole.shape, { ...part.shape, channels: whole.shape.channels })) refuse('height and width')
  // A convolution is told by an argument how many channels it gives.
  const isWidth = (name: string): boolean =>
    [whole, part].every(({ shape, attributes }) => attributes?.[name] === shape.channels)
  const other = Object.keys(part.attributes ?? {}).find(
    (name) => part.attributes?.[name] !== whole.attributes?.[name] && !isWidth(name),
  )
  if (other !== undefined) refuse(`\`${other}\``)
}

/**
 * Masks are leading ones: where several decide a map together, or its channels are put in another order, they must still be.
 *
 * @throws ElaborationFailure NAS7671 and NAS7672, and NAS7304 where two decisions scale a map
 */
export function refuseEntangledMasks(
  nodes: readonly NetworkNode[],
  elastic: ReadonlyMap<number, readonly Elastic[]>,
): void {
  /** By id: the masked decisions of the channels, and whether the channels that are left are the first ones. */
  const masks: { readonly decisions: readonly string[]; readonly areFirst: boolean }[] = []
  for (const node of nodes) {
    const entries = elastic.get(node.id) ?? []
    refuseSeveral(node, entries)
    const decisions = masksOf(node, entries)
    const inputs = node.inputs.map((id) => masks[id] ?? { decisions: [], areFirst: true })
    const masked = inputs.filter((input) => input.decisions.length > 0)
    const [decision] = [...masked.flatMap((input) => input.decisions), ...decisions]
    const refuse = (what: string): never => {
      throw new ElaborationFailure(node.path, 'mask-out-of-place', { decision: decision ?? '', what })
    }
    const areFirst = masked.every((input) => input.areFirst)
    if (node.kind === 'layer') {
      const { operation } = node
      if (decision !== undefined && entanglesChannels(node))
        refuse(`\`${operation}\` tells channels apart by their number`)
      if (!areFirst && isChain(operation) && !keepsMask(operation))
        refuse(`\`${operation}\` reads a map whose channels are masked part by part`)
      masks.push({
        decisions,
        areFirst: keepsMask(operation) ? areFirst : operation !== 'flatten' || masked.length === 0,
      })
      continue
    }
    const isConcat = node.kind === 'merge' && node.merge === 'concat'
    if (!isConcat && !areFirst && masked.some((input) => input.areFirst))
      refuse('maps whose channels are masked in different places are merged')
    masks.push({ decisions, areFirst: isConcat ? masked.length === 0 : areFirst })
  }
}

function masksOf({ shape }: NetworkNode, entries: readonly Elastic[]): readonly string[] {
  return entries.flatMap(({ decision, by, shapes }) =>
    by === 'mask' && shapes.some(({ channels }) => channels !== shape.channels) ? [decision] : [],
  )
}

function refuseSeveral(node: NetworkNode, entries: readonly Elastic[]): void {
  const masks = masksOf(node, entries)
  if (masks.length > 2)
    throw new ElaborationFailure(node.path, 'several-masked', { count: masks.length, decisions: masks.join(', ') })
  const sizes = entries.filter(({ by }) => by === 'subsample').map(({ decision }) => decision)
  if (sizes.length > 1)
    throw new ElaborationFailure(node.path, 'several-subsampled', { count: sizes.length, decisions: sizes.join(', ') })
}
