import type { LayerNode, Network } from '../../space/network/network.js'
import { residualBlocks } from './residuals.js'

/**
 * The network whose residual blocks start as identities: the scale of the last batch norm on every way through a body is zero
 * at first (Goyal et al., Accurate, Large Minibatch SGD, 2017, section 5.1).
 */
export function zeroResiduals(network: Network): Network {
  const last = lastNorms(network)
  if (last.size === 0) return network
  const nodes = network.nodes.map((node) =>
    node.kind === 'layer' && last.has(node.id) ? { ...node, weights: node.weights.map(startedAtZero) } : node,
  )
  return { ...network, nodes }
}

function startedAtZero(weight: LayerNode['weights'][number]): LayerNode['weights'][number] {
  return weight.role === 'scale' ? { ...weight, init: 'zeros' } : weight
}

function lastNorms(network: Network): ReadonlySet<number> {
  const { nodes } = network
  const found = new Set<number>()
  for (const { shortcut, bodies } of residualBlocks(network)) {
    const seen = new Set([shortcut])
    const search = (id: number): void => {
      const each = nodes[id]
      if (each === undefined || seen.has(id)) return
      seen.add(id)
      if (each.kind === 'layer' && each.operation === 'bn') found.add(id)
      else each.inputs.forEach(search)
    }
    bodies.forEach(search)
  }
  return found
}
