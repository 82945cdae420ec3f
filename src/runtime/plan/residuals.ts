import type { MergeNode, Network } from '../../space/network/network.js'
import { pathSegments } from '../../space/decisions/decision-path.js'
import { isChain } from '../../space/network/channelwise.js'

/** A block whose body is added to what arrives. */
export interface ResidualBlock {
  readonly merge: MergeNode
  /** Node that the shortcut ends in: what arrives, or what pools and convolutions without norm and activation make of it. */
  readonly shortcut: number
  /** Nodes that are added to it. */
  readonly bodies: readonly number[]
  /** Where it stands: the stage, or the stack. */
  readonly part: string
}

/**
 * The residual blocks of a network in their order: what is written so, and sums of two whose first one is such a shortcut from
 * where the second one starts (the blocks of AttentiveNAS, whose shortcuts pool and have convolutions).
 */
export function residualBlocks(network: Network): readonly ResidualBlock[] {
  return network.nodes.flatMap((node) => {
    if (node.kind !== 'merge' || node.merge !== 'sum' || node.relaxed !== undefined) return []
    const [shortcut, ...bodies] = node.inputs
    if (shortcut === undefined || bodies.length === 0) return []
    const isBlock =
      node.residual === true || (bodies.length === 1 && startsFrom(network, bodies, shortcutOf(network, shortcut)))
    const [head = ''] = pathSegments(node.path)
    return isBlock ? [{ merge: node, shortcut, bodies, part: head.replace(/\[.*$/su, '') }] : []
  })
}

/** The nodes of a shortcut, from its end to what arrives. */
function shortcutOf({ nodes }: Network, end: number): ReadonlySet<number> {
  const found = new Set([end])
  for (let node = nodes[end]; node?.kind === 'layer' && !isChain(node.operation);) {
    const [before] = node.inputs
    if (before === undefined) break
    found.add(before)
    node = nodes[before]
  }
  return found
}

/** Whether one of these nodes lies on a way into others. */
function startsFrom({ nodes }: Network, ends: readonly number[], those: ReadonlySet<number>): boolean {
  const seen = new Set<number>()
  const reaches = (id: number): boolean => {
    if (those.has(id)) return true
    if (seen.has(id)) return false
    seen.add(id)
    return nodes[id]?.inputs.some(reaches) ?? false
  }
  return ends.some(reaches)
}
