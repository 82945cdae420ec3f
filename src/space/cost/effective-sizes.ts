import type { NetworkNode } from '../network/network.js'
import type { Shape } from '../evaluation/shape.js'

/** A size of a map, or an argument of a primitive, that masked and subsampled decisions decide: its mean over their options. */
export type EffectiveSize =
  | { readonly kind: 'single'; readonly decision: string; readonly values: readonly number[] }
  /** `values[i][j]` under option i of the first and option j of the second decision. */
  | {
      readonly kind: 'pair'
      readonly decisions: readonly [string, string]
      readonly values: readonly (readonly number[])[]
    }

/** A number of pixels or channels of a node, or what several decisions make of it. */
export function sizeOf(node: NetworkNode, dimension: keyof Shape): number | EffectiveSize {
  const own = node.shape[dimension]
  const varying = (node.elastic ?? []).flatMap(({ decision, shapes }) => {
    const values = shapes.map((shape) => shape[dimension])
    return values.every((value) => value === own) ? [] : [{ decision, values }]
  })
  const [first, second, ...others] = varying
  if (first === undefined) return own
  if (second === undefined) return { kind: 'single', ...first }
  // Elaboration refuses what a third one would decide.
  if (others.length > 0) throw new Error(`${node.path}: ${dimension} hang on more than two decisions`)
  const decisions = [first.decision, second.decision] as const
  const { joint } = node
  if (dimension === 'channels' && joint?.decisions.join() === decisions.join()) {
    return { kind: 'pair', decisions, values: joint.channels }
  }
  // Without a table of their own, both leave what the narrower one leaves.
  return { kind: 'pair', decisions, values: first.values.map((a) => second.values.map((b) => Math.min(a, b))) }
}
