import type { LayerNode } from '../../../space/network/network.js'
import type { Shape } from '../../../space/evaluation/shape.js'
import type { ProgramBuilder } from '../../program/builder.js'
import type { ValueId } from '../../program/program.js'
import type { StatisticRole, StepSpec } from '../step-spec.js'

/** What the lowering of one layer sees. Feature maps are [batch, height, width, channels] values, also the logits. */
export interface LayerContext {
  readonly builder: ProgramBuilder
  readonly layer: LayerNode
  readonly input: ValueId
  readonly inputShape: Shape
  readonly batch: number
  readonly mode: StepSpec['mode']
  /** The weight of this name; `undefined` if the layer has none. */
  weight(name: string): ValueId | undefined
  /** A running statistic of the layer, one number per channel of the input. */
  statistic(role: StatisticRole): ValueId
  /** Moves a running statistic of the layer towards that of a batch. */
  follow(role: StatisticRole, observed: Observed): void
  /** A mask that the caller draws for every step: 0 with probability `rate`, else 1 / (1 - rate). */
  randomMask(shape: readonly number[], rate: number): ValueId
}

/** A statistic of a batch, to be taken times `factor`. */
export interface Observed {
  readonly value: ValueId
  readonly factor: number
  readonly momentum: number
}

/** Emits the operations of one primitive of std:nn and returns its output. */
export type Primitive = (context: LayerContext) => ValueId

/** A weight that the primitive cannot do without; its absence is a defect of the elaboration. */
export function demandWeight(context: LayerContext, name: string): ValueId {
  const weight = context.weight(name)
  if (weight === undefined) throw new Error(`${context.layer.path} has no weight '${name}'`)
  return weight
}

/** Adds the weight `bias`, if the layer has one. */
export function withBias(context: LayerContext, value: ValueId): ValueId {
  const bias = context.weight('bias')
  return bias === undefined ? value : context.builder.one('bias_add', [value, bias])
}

/** Numeric attributes of the layer, by name. */
export function numbers<Name extends string>(context: LayerContext, ...names: readonly Name[]): Record<Name, number> {
  const { attributes, path } = context.layer
  const found: Partial<Record<Name, number>> = {}
  for (const name of names) {
    const value = attributes[name]
    if (typeof value !== 'number') throw new Error(`${path}: '${name}' is not a number`)
    found[name] = value
  }
  return found as Record<Name, number> // every name was given a value
}
