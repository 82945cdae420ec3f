import type { StageItem } from '../../ir/model/space.js'
import { apply } from './apply.js'
import type { NetworkBuilder } from './network-builder.js'
import { type Decider } from '../decisions/decider.js'
import { Fork } from '../decisions/decider.js'
import { ElaborationFailure } from '../limits/elaboration-failure.js'
import type { Environment } from '../evaluation/environment.js'
import { integerIn, listIn, withLets } from '../evaluation/evaluate.js'
import { demandWithin } from '../limits/sizes.js'
import { mayChoose } from '../evaluation/may-choose.js'
import { innerScope } from '../decisions/decision-scope.js'

/**
 * Builds a stage of layers: `width` channels, the stride in the first layer. A mixed depth builds the deepest stage and
 * mixes the outputs after each possible number of layers.
 */
export function buildStage(
  builder: NetworkBuilder,
  decider: Decider,
  space: Environment,
  stage: StageItem,
  input: number,
): number {
  const environment = stageEnvironment(space, stage, builder.shape(input).channels)
  const channels = unmixed(stage.name, 'width', () => integerIn(environment, stage.width))
  const stride = unmixed(stage.name, 'stride', () => integerIn(environment, stage.stride))
  demandLayers(environment, stage)
  const depths = depthsOf(decider, environment, stage)
  const deepest = Math.max(...depths.map(({ depth }) => depth))
  if (deepest < 1 && depths.length === 1) return input

  const outputs: number[] = [input]
  for (let layer = 1; layer <= deepest; layer++) {
    const before = outputs[layer - 1] ?? input
    outputs.push(buildLayer({ builder, decider, environment, stage, layer, channels, stride, input: before }))
  }
  const [only] = depths
  if (only && depths.length === 1) return outputs[only.depth] ?? input
  const ends = depths.map(({ depth }) => outputs[depth] ?? input)
  return builder.mix(
    `${stage.name}.depth`,
    `${stage.name}.depth`,
    depths.map(({ option }) => option),
    ends,
  )
}

/**
 * What the expressions of a stage see; `input` is the number of channels that arrive. Its lets have no place of their own: in
 * a layer, they speak of the layer.
 */
export function stageEnvironment(space: Environment, stage: StageItem, input: number): Environment {
  const { surroundings, ...outside } = space
  const scope = innerScope(space.scope, 'stage', stage.name)
  const withNames = withLets({ ...outside, scope, at: stage.name }, stage.lets)
  return { ...withNames, surroundings: { ...surroundings, in: input } }
}

/** One layer of a stage. */
export interface LayerUse {
  readonly builder: NetworkBuilder
  readonly decider: Decider
  /** Of the stage. */
  readonly environment: Environment
  readonly stage: StageItem
  /** From 1. */
  readonly layer: number
  readonly channels: number
  readonly stride: number
  readonly input: number
}

export function buildLayer(use: LayerUse): number {
  const { builder, decider, environment, stage, layer, channels, stride, input } = use
  const path = `${stage.name}[${layer}]`
  const layerEnvironment: Environment = {
    ...environment,
    scope: innerScope(environment.scope, 'layer', `${stage.name}.layer[${layer}]`),
    at: path,
    maps: { ...environment.maps, input: builder.shape(input) },
    surroundings: {
      ...environment.surroundings,
      in: builder.shape(input).channels,
      channels,
      layer,
      first: layer === 1,
    },
  }
  const expression = layer === 1 && stage.first ? stage.first : stage.layer
  const overrides = new Map(layer === 1 && stride !== 1 ? [['stride', stride]] : [])
  const output = apply({ builder, decider, environment: layerEnvironment, input, path, overrides }, expression)
  if (!overrides.has('stride')) return output
  throw new ElaborationFailure(path, 'unused-stride', { stride })
}

/** @throws ElaborationFailure where a stage may have too many layers, before any of them is built */
export function demandLayers(environment: Environment, stage: StageItem): void {
  demandWithin(stage.name, 'the stage', 'layers', deepestOf(environment, stage))
}

/** The most layers that a stage with a choice of depths may have. */
function deepestOf(environment: Environment, { depth }: StageItem): number {
  if (depth.kind !== 'choice' || mayChoose(environment, depth.options)) return 0
  return listIn(environment, depth.options).reduce<number>(
    (most, each) => (typeof each === 'number' ? Math.max(most, each) : most),
    0,
  )
}

/** How many layers a stage has. @throws ElaborationFailure where they are too many, or less than none */
export function depthIn(environment: Environment, stage: StageItem): number {
  const depth = integerIn(environment, stage.depth)
  demandWithin(stage.name, 'the stage', 'layers', depth)
  return depth
}

/** The number of layers, or one per option where the depth is mixed. */
function depthsOf(
  decider: Decider,
  environment: Environment,
  stage: StageItem,
): readonly { readonly option: number; readonly depth: number }[] {
  try {
    return [{ option: 0, depth: decider.steering(() => depthIn(environment, stage)) }]
  } catch (fork) {
    if (!(fork instanceof Fork)) throw fork
    return fork.options.map((option) => ({
      option,
      depth: decider.assuming(fork, option, () => depthIn(environment, stage)),
    }))
  }
}

/** A mix of sizes has no meaning where they decide shapes of a whole stage. */
export function unmixed<T>(path: string, what: string, evaluate: () => T): T {
  try {
    return evaluate()
  } catch (fork) {
    if (!(fork instanceof Fork)) throw fork
    throw new ElaborationFailure(path, 'mixed-shapes', { decision: fork.decision.path, what })
  }
}
