import { costOf, type Cost } from '../../src/space/cost/index.js'
import type { Decider } from '../../src/space/decisions/decider.js'
import { elaborate } from '../../src/space/network/build-network.js'
import { spaceOf } from '../../src/space/expressions/definitions.js'
import { bindingOf, buildNetwork, resolveParams, type Architecture } from '../../src/space/index.js'
import { decisionTree } from '../../src/analysis/diagram/decision-tree.js'
import type { Ir } from '../../src/ir/model/ir.js'

export interface Built {
  readonly architecture: Architecture
  readonly macs: number
  readonly parameters: number
  readonly activationBytes: number
}

/** Every architecture of a small space, one by one: whole networks, built under every answer. */
export function enumerated(ir: Ir, space: string): readonly Built[] {
  const params = resolveParams(ir, {})
  const declaration = spaceOf(ir, space)
  const tree = decisionTree((decider: Decider) => {
    const binding = bindingOf({ space, decisions: {} })
    return elaborate(ir, declaration, { params, binding, mode: 'standalone' }, decider)
  })
  return tree
    .paths(() => undefined)
    .flatMap(({ selections, result }) => {
      if ('failure' in result) return []
      const { macs, parameters, activationBytes } = costOf(result.value)
      const decisions = Object.fromEntries(selections.map(({ decision, options }) => [decision.path, options]))
      return [{ architecture: { space, decisions }, macs, parameters, activationBytes }]
    })
}

export function macsOf(ir: Ir, space: string, architecture: Architecture): number {
  return costsOf(ir, space, architecture).macs
}

/** Costs of its network, built as a whole. */
export function costsOf(ir: Ir, space: string, architecture: Architecture): Cost {
  const params = resolveParams(ir, {})
  const binding = bindingOf(architecture)
  return costOf(buildNetwork(ir, space, { params, binding, mode: 'standalone' }))
}
