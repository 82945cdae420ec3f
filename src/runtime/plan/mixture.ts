import type { Network } from '../../space/network/network.js'
import type { ProgramBuilder } from '../program/builder.js'
import type { ValueId } from '../program/program.js'
import type { StepSpec } from './step-spec.js'
import type { StepVariables } from './variables.js'

/** Weights of the options of all mixed, masked and subsampled decisions, in one vector: sums over several decisions can then be fused. */
export interface Mixture {
  readonly weights: ValueId
  /** Position of the first option of a decision. */
  offsetOf(decision: string): number
}

/** Name of the variable with the logits of a decision. */
export function logitsName(decision: string): string {
  return `choices/${decision}`
}

/**
 * Softmax over the logits of every decision that is mixed, masked or subsampled, once for the whole network: decisions with the same number of options
 * are rows of one softmax. `undefined` where nothing is mixed.
 */
export function lowerMixture(
  builder: ProgramBuilder,
  network: Network,
  spec: StepSpec,
  variables: StepVariables,
): Mixture | undefined {
  const counts = optionCounts(network, spec)
  if (counts.size === 0) return undefined
  const groups = new Map<number, string[]>()
  for (const [decision, count] of counts) groups.set(count, [...(groups.get(count) ?? []), decision])

  const offsets = new Map<string, number>()
  const parts: ValueId[] = []
  let offset = 0
  for (const [count, decisions] of groups) {
    const logits = decisions.map((decision) => {
      offsets.set(decision, offset)
      offset += count
      return variables.declare(builder, { name: logitsName(decision), shape: [count], init: 'choice', role: 'choice' })
    })
    const row = builder.one('concat_channels', logits, {}, 'choices')
    const rows = builder.one('reshape', [row], { shape: [decisions.length, count] }, 'choices')
    const weights = builder.one('softmax', [rows], { temperature: spec.temperature ?? 1 }, 'choices')
    parts.push(builder.one('reshape', [weights], { shape: [decisions.length * count] }, 'choices'))
  }
  return {
    weights: builder.one('concat_channels', parts, {}, 'choices'),
    offsetOf(decision) {
      const found = offsets.get(decision)
      if (found === undefined) throw new Error(`decision '${decision}' is not mixed`)
      return found
    },
  }
}

function optionCounts(network: Network, spec: StepSpec): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  const note = (decision: string, least: number): void => {
    const count = spec.optionCounts?.[decision] ?? Math.max(counts.get(decision) ?? 0, least)
    if (count < least) throw new Error(`decision '${decision}' has more than ${String(count)} options`)
    counts.set(decision, count)
  }
  for (const node of network.nodes) {
    if (node.kind === 'mix') note(node.decision, Math.max(...node.options) + 1)
    for (const { decision, shapes } of node.elastic ?? []) note(decision, shapes.length)
  }
  return counts
}
