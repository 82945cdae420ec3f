import type { LayerNode, Network, NetworkNode } from '../../space/network/network.js'
import { statisticName } from './layer-context.js'
import { channelUse } from './primitives/channel-use.js'

/** A dimension of a variable: the place of a channel in it is the place of the channel in its maps. */
export interface ChannelAxis {
  readonly variable: string
  readonly shape: readonly number[]
  readonly axis: number
}

/**
 * Channels that may be put in another order without a change of what the network computes, if all variables that speak of
 * them are put in the same order.
 */
export interface ChannelGroup {
  /** Of the largest network. */
  readonly channels: number
  /** Paths of the nodes whose maps have these channels. */
  readonly nodes: ReadonlySet<string>
  readonly axes: readonly ChannelAxis[]
  /** Those of kernels that mix these channels into others; of the maps themselves, rather than of their means where they can be. */
  readonly readers: readonly ChannelAxis[]
}

interface Group {
  channels: number
  isFixed: boolean
  readonly nodes: Set<string>
  readonly axes: Map<string, ChannelAxis>
  /** With the least number of global pools between the channels and the kernel. */
  readonly readers: Map<string, { readonly axis: ChannelAxis; readonly pools: number }>
}

/**
 * The groups of channels of a supernet. Maps that are summed or multiplied have the same channels, and so does what keeps
 * the channels of a map.
 *
 * @param networks paths of one supernet: what is a part of any of them moves along
 */
export function channelGroups(networks: readonly Network[]): readonly ChannelGroup[] {
  const groups = new Groups()
  for (const network of networks) addNetwork(groups, network)
  return groups.all().flatMap(({ isFixed, channels, nodes, axes, readers }) => {
    if (isFixed) return []
    const least = Math.min(...[...readers.values()].map(({ pools }) => pools))
    const nearest = [...readers.values()].filter(({ pools }) => pools === least).map(({ axis }) => axis)
    return [{ channels, nodes, axes: [...axes.values()], readers: nearest }]
  })
}

/** Groups by paths of nodes; those that turn out to be one are joined. */
class Groups {
  readonly #byNode = new Map<string, Group>()

  of({ path, shape, stored = shape }: NetworkNode): Group {
    const group = this.#byNode.get(path) ?? {
      channels: 0,
      isFixed: false,
      nodes: new Set([path]),
      axes: new Map(),
      readers: new Map(),
    }
    group.channels = Math.max(group.channels, stored.channels)
    this.#byNode.set(path, group)
    return group
  }

  join(a: NetworkNode, b: NetworkNode): void {
    const [kept, other] = [this.of(a), this.of(b)]
    if (kept === other) return
    kept.channels = Math.max(kept.channels, other.channels)
    kept.isFixed ||= other.isFixed
    for (const [key, axis] of other.axes) kept.axes.set(key, axis)
    for (const [key, { axis, pools }] of other.readers) addReader(kept, key, axis, pools)
    for (const path of other.nodes) {
      kept.nodes.add(path)
      this.#byNode.set(path, kept)
    }
  }

  all(): readonly Group[] {
    return [...new Set(this.#byNode.values())]
  }
}

function addNetwork(groups: Groups, network: Network): void {
  /** Global pools between the channels of a node, where they were made, and its map. */
  const pools: number[] = []
  for (const node of network.nodes) {
    const inputs = node.inputs.map((id) => demand(network, id))
    const before = node.inputs.map((id) => pools[id] ?? 0)
    if (node.kind === 'layer') {
      pools.push(addLayer(groups, node, demand(network, node.inputs[0] ?? -1), before[0] ?? 0))
      continue
    }
    pools.push(Math.min(...before, Infinity) === Infinity ? 0 : Math.min(...before))
    const group = groups.of(node)
    if (node.kind === 'input') group.isFixed = true
    const isConcat = node.kind === 'merge' && node.merge === 'concat'
    for (const input of inputs) {
      if (isConcat) groups.of(input).isFixed = true
      else groups.join(node, input)
    }
    if (isConcat) groups.of(node).isFixed = true
  }
  groups.of(demand(network, network.logits)).isFixed = true
}

/** @returns pools between the channels of the layer's map and where they were made */
function addLayer(groups: Groups, layer: LayerNode, input: NetworkNode, before: number): number {
  switch (channelUse(layer, input.shape)) {
    case 'fixes':
      groups.of(input).isFixed = true
      groups.of(layer).isFixed = true
      return 0
    case 'keeps':
      groups.join(layer, input)
      for (const { path, shape, stored = shape } of layer.weights) {
        addAxis(groups.of(layer), { variable: path, shape: stored, axis: stored.length - 1 })
      }
      if (layer.operation === 'bn') {
        const channels = (input.stored ?? input.shape).channels
        for (const role of ['mean', 'variance'] as const)
          addAxis(groups.of(layer), { variable: statisticName(layer, role), shape: [channels], axis: 0 })
      }
      return before + (layer.operation === 'global_pool' ? 1 : 0)
    case 'mixes':
      for (const { path, role, shape, stored = shape } of layer.weights) {
        addAxis(groups.of(layer), { variable: path, shape: stored, axis: stored.length - 1 })
        if (role !== 'kernel') continue
        const read = { variable: path, shape: stored, axis: stored.length - 2 }
        addAxis(groups.of(input), read)
        addReader(groups.of(input), keyOf(read), read, before)
      }
      return 0
  }
}

function addAxis(group: Group, axis: ChannelAxis): void {
  group.axes.set(keyOf(axis), axis)
}

function addReader(group: Group, key: string, axis: ChannelAxis, pools: number): void {
  const known = group.readers.get(key)
  group.readers.set(key, { axis, pools: Math.min(pools, known?.pools ?? pools) })
}

function keyOf({ variable, axis }: ChannelAxis): string {
  return `${variable} ${String(axis)}`
}

function demand(network: Network, id: number): NetworkNode {
  const node = network.nodes[id]
  if (node === undefined) throw new Error(`a network without a node ${String(id)}`)
  return node
}
