import { isChain, keepsMask, passesMaskOn } from '../../space/network/channelwise.js'
import type { Elastic, LayerNode, MergeNode, MixNode, Network, NetworkNode } from '../../space/network/network.js'
import type { Shape } from '../../space/evaluation/shape.js'
import { Failure } from '../../catalogue/failure.js'
import { lazy } from '../../support/lazy.js'
import type { ProgramBuilder } from '../program/builder.js'
import type { ValueId } from '../program/program.js'
import { dropBlock, dropRates } from './drop-connect.js'
import { channelMask, scatter, subsample } from './elastic.js'
import { followStatistic, layerContext, type LayerLowering } from './layer-context.js'
import { classifierOf, dropBeforeClassifier } from './head-dropout.js'
import { lowerMixture, type Mixture } from './mixture.js'
import { isPrimitiveName, primitives } from './primitives/index.js'
import type { Observed } from './primitives/primitive.js'
import type { StatisticRole, StepSpec } from './step-spec.js'
import type { StepVariables } from './variables.js'

export interface LoweredNetwork {
  /** [batch, classes] */
  readonly logits: ValueId
  /** [batch, classes], of the auxiliary head. */
  readonly auxiliary?: ValueId
  /** Weights of the options of relaxed decisions, where there are any. */
  readonly mixture: Mixture | undefined
  /**
   * What the classifier reads: [batch, features].
   * @throws Failure NAS7560 where there is no one classifier
   */
  readonly features: () => ValueId
}

/** What became of a node. */
interface Lowered {
  /** The map before the mask of its own channels; where nothing is masked, or the mask is in it already, the map. */
  plain(): ValueId
  /** The map as whatever does not hand its mask on reads it. */
  masked(): ValueId
  readonly isMasked: boolean
  /** The map at the size of every option of a subsampled decision. */
  readonly sizes?: readonly ValueId[]
}

interface Lowering {
  readonly builder: ProgramBuilder
  readonly network: Network
  readonly spec: StepSpec
  readonly variables: StepVariables
  readonly mixture: Mixture | undefined
  /** Masks of channels so far, by what they are made of. */
  readonly masks: Map<string, ValueId | undefined>
  /** Layer before which values are dropped, or gradients end. */
  readonly classifier: number | undefined
  /** Probability with which what a merge adds to a shortcut is left out. */
  readonly dropRates: ReadonlyMap<number, number>
  /** By id of the node, those lowered so far. */
  readonly nodes: Lowered[]
}

/**
 * The forward pass of a network, node by node.
 *
 * @throws Failure NAS7301 on a primitive that the runtime does not know, NAS7303 on a pool that it cannot pad
 */
export function lowerNetwork(
  builder: ProgramBuilder,
  network: Network,
  spec: StepSpec,
  variables: StepVariables,
): LoweredNetwork {
  const mixture = lowerMixture(builder, network, spec, variables)
  const drops = spec.mode === 'train' && (spec.headDropout ?? 0) > 0
  const classifier = drops || spec.classifierOnly === true ? classifierOf(network) : undefined
  const rates = spec.mode === 'train' ? dropRates(network, spec) : new Map<number, number>()
  const lowering: Lowering = {
    ...{ builder, network, spec, variables, mixture, classifier },
    ...{ dropRates: rates, masks: new Map(), nodes: [] },
  }
  for (const node of network.nodes) {
    builder.origin = node.path
    lowering.nodes.push(lowerNode(lowering, node))
  }
  const logits = classScores(lowering, network.logits)
  const auxiliary = network.auxiliary === undefined ? undefined : classScores(lowering, network.auxiliary)
  builder.origin = undefined
  const features = lazy(() => classifierInput(lowering))
  return { logits, mixture, features, ...(auxiliary !== undefined && { auxiliary }) }
}

function lowerNode(lowering: Lowering, node: NetworkNode): Lowered {
  const { builder, spec } = lowering
  const read = (id: number): ValueId => loweredAt(lowering, id).masked()
  switch (node.kind) {
    case 'input': {
      const { height, width, channels } = node.shape
      return whole(builder.input('images', [spec.batch, height, width, channels]))
    }
    case 'layer':
      return lowerLayer(lowering, node)
    case 'merge':
      return whole(lowerMerge(lowering, node))
    case 'mix':
      return whole(lowerMix(lowering, node, node.inputs.map(read)))
    case 'edge': {
      const value = read(only(node))
      const drops = spec.mode === 'train' && spec.dropPath === true && node.droppable
      const mask = drops ? builder.input(dropPathName(node.path), [spec.batch]) : undefined
      return whole(mask === undefined ? value : builder.one('drop_path', [value, mask]))
    }
  }
}

/** Name of the input with the drop-path mask of an edge. */
export function dropPathName(edge: string): string {
  return `dropPath/${edge}`
}

function lowerMix({ builder, mixture }: Lowering, node: MixNode, inputs: readonly ValueId[]): ValueId {
  if (mixture === undefined) throw new Error(`${node.path} has no weights`)
  const offset = mixture.offsetOf(node.decision)
  const indices = node.options.map((option) => offset + option)
  return builder.one('weighted_sum', [mixture.weights, ...inputs], { indices })
}

/**
 * A layer, its mask where its channels are masked, and where a resolution is subsampled the layer at every size. A mask
 * stands behind the norm, the activation and the depthwise convolution that follow a convolution: these read the map before it.
 */
function lowerLayer(lowering: Lowering, layer: LayerNode): Lowered {
  const { builder, mixture } = lowering
  const source = lowering.network.nodes[only(layer)]
  if (source === undefined) throw new Error(`${layer.path} reads a node that does not exist`)
  const input = loweredAt(lowering, source.id)
  const passesOn = passesMaskOn(layer.operation)
  const read = passesOn ? input.plain() : input.masked()
  const reads = layer.id === lowering.classifier ? beforeClassifier(lowering, layer, read) : read
  const carriesMask = (passesOn ? input.isMasked : true) && keepsMask(layer.operation)
  const sizes = lowerSizes(lowering, layer, source, input)
  const value =
    sizes === undefined
      ? lowerPrimitive(layerLowering(lowering, layer, reads, source.shape))
      : mixSizes(lowering, layer, subsampling(layer) ?? subsampling(source), sizes)

  const own = sizes === undefined ? {} : { sizes }
  if (carriesMask || mixture === undefined || !isMaskedAt(layer)) return { ...whole(value), ...own }
  const masked = lazy(() => {
    const factors = channelMask(builder, layer, mixture, lowering.masks)
    return factors === undefined ? value : builder.one('scale_channels', [value, factors], {}, layer.path)
  })
  return { plain: () => value, masked, isMasked: false, ...own }
}

function beforeClassifier(lowering: Lowering, layer: LayerNode, input: ValueId): ValueId {
  const { builder, spec } = lowering
  const dropped = (spec.headDropout ?? 0) > 0 ? dropBeforeClassifier(lowering, layer, input) : input
  return spec.classifierOnly === true ? builder.one('stop_gradient', [dropped]) : dropped
}

/** The layer at the size of every option of the decision that its input is subsampled for. */
function lowerSizes(
  lowering: Lowering,
  layer: LayerNode,
  source: NetworkNode,
  input: Lowered,
): readonly ValueId[] | undefined {
  const { builder } = lowering
  const elastic = subsampling(source)
  if (elastic === undefined) return undefined
  const own = subsampling(layer)
  const observations: Record<StatisticRole, Observed[]> = { mean: [], variance: [] }
  const sizes = elastic.shapes.map((small, option) => {
    const inputShape = { ...source.shape, height: small.height, width: small.width }
    const chained = isChain(layer.operation) ? input.sizes?.[option] : undefined
    const map = passesMaskOn(layer.operation) ? input.plain() : input.masked()
    const reads = chained ?? subsample(builder, map, source.shape, inputShape)
    const size = own?.shapes[option] ?? layer.shape
    const shape = { ...layer.shape, height: size.height, width: size.width }
    const attributes = own?.attributes?.[option] ?? layer.attributes
    return lowerPrimitive({
      ...layerLowering(lowering, { ...layer, shape, attributes }, reads, inputShape),
      observe: (role, observed) => observations[role].push(observed),
    })
  })
  for (const role of ['mean', 'variance'] as const) {
    const [first] = observations[role]
    if (first === undefined) continue
    const values = observations[role].map(({ value, factor }) =>
      builder.one('scale', [value, builder.one('fill', [], { shape: [], value: factor })]),
    )
    const value = weighted(lowering, elastic.decision, values)
    followStatistic(layerLowering(lowering, layer, value, source.shape), role, { ...first, value, factor: 1 })
  }
  return sizes
}

/** The sum over the options of a resolution, each map scattered to the places that it was sampled from. */
function mixSizes(
  lowering: Lowering,
  layer: LayerNode,
  elastic: Elastic | undefined,
  sizes: readonly ValueId[],
): ValueId {
  if (elastic === undefined) throw new Error(`${layer.path} has no sizes`)
  const { builder } = lowering
  const own = subsampling(layer)
  if (own === undefined) return weighted(lowering, elastic.decision, sizes)
  const offset = mixtureOf(lowering).offsetOf(elastic.decision)
  const maps = sizes.map((map, option) => {
    const scaled = builder.one('scale_by_entry', [mixtureOf(lowering).weights, map], { index: offset + option })
    return scatter(builder, scaled, own.shapes[option] ?? layer.shape, layer.shape)
  })
  return builder.one('add', maps)
}

function weighted(lowering: Lowering, decision: string, values: readonly ValueId[]): ValueId {
  const mixture = mixtureOf(lowering)
  const indices = values.map((_, option) => mixture.offsetOf(decision) + option)
  return lowering.builder.one('weighted_sum', [mixture.weights, ...values], { indices })
}

function mixtureOf({ mixture }: Lowering): Mixture {
  if (mixture === undefined) throw new Error('nothing is mixed here')
  return mixture
}

function layerLowering(lowering: Lowering, layer: LayerNode, input: ValueId, inputShape: Shape): LayerLowering {
  const { builder, spec, variables, network } = lowering
  const source = network.nodes[only(layer)]
  return {
    builder,
    spec,
    variables,
    layer,
    input,
    inputShape,
    storedChannels: (source?.stored ?? inputShape).channels,
  }
}

function lowerPrimitive(lowering: LayerLowering): ValueId {
  const { layer } = lowering
  if (!isPrimitiveName(layer.operation)) throw unknownPrimitive(layer)
  return primitives[layer.operation](layerContext(lowering))
}

function unknownPrimitive(layer: LayerNode): Failure {
  return new Failure('no-such-primitive', {
    operation: layer.operation,
    path: layer.path,
    primitives: Object.keys(primitives).join(', '),
  })
}

function lowerMerge(lowering: Lowering, node: MergeNode): ValueId {
  const { builder, network } = lowering
  const inputs = node.inputs.map((id) => loweredAt(lowering, id))
  switch (node.merge) {
    case 'sum': {
      const rate = lowering.dropRates.get(node.id)
      const maps = inputs.map((input, place) =>
        rate === undefined || place === 0 ? input.masked() : dropBlock(lowering, node.path, input.masked(), rate),
      )
      const indices = weightIndices(lowering, node)
      return indices === undefined
        ? builder.one('add', maps)
        : builder.one('weighted_sum', [mixtureOf(lowering).weights, ...maps], { indices })
    }
    case 'concat': {
      const indices = weightIndices(lowering, node)
      const maps = inputs.map((input, i) => {
        const index = indices?.[i]
        if (index === undefined) return input.masked()
        return builder.one('scale_by_entry', [mixtureOf(lowering).weights, input.masked()], { index })
      })
      return builder.one('concat_channels', maps)
    }
    case 'multiply': {
      const isVector = (id: number): boolean => {
        const { height, width } = network.nodes[id]?.shape ?? node.shape
        return height === 1 && width === 1
      }
      const spreads = !(node.shape.height === 1 && node.shape.width === 1)
      const maps = node.inputs.filter((id) => !(spreads && isVector(id)))
      const vectors = node.inputs.filter((id) => spreads && isVector(id))
      // One mask is enough: a product of two would square it.
      const factors = maps.map((id, i) =>
        i === 0 ? loweredAt(lowering, id).masked() : loweredAt(lowering, id).plain(),
      )
      const product = factors.reduce((all, map) => builder.one('multiply', [all, map]))
      const scaled = vectors.reduce(
        (all, id) => builder.one('scale_channels', [all, loweredAt(lowering, id).plain()]),
        product,
      )
      const { weights } = lowering.mixture ?? {}
      if (weights === undefined) return scaled
      const indices = weightIndices(lowering, node) ?? []
      return indices.reduce((all, index) => builder.one('scale_by_entry', [weights, all], { index }), scaled)
    }
  }
}

/** Where the weights of the inputs stand, if a relaxation weights them. */
function weightIndices({ mixture }: Lowering, { relaxed }: MergeNode): readonly number[] | undefined {
  if (relaxed === undefined || mixture?.has(relaxed.decision) !== true) return undefined
  const offset = mixture.offsetOf(relaxed.decision)
  return relaxed.options.map((option) => offset + option)
}

/** A map that no mask of its own is due on. */
function whole(value: ValueId): Lowered {
  const read = (): ValueId => value
  return { plain: read, masked: read, isMasked: true }
}

function isMaskedAt({ elastic, shape }: NetworkNode): boolean {
  const narrows = ({ by, shapes }: Elastic): boolean =>
    by === 'mask' && shapes.some(({ channels }) => channels !== shape.channels)
  return elastic?.some(narrows) === true
}

/** The subsampled decision that a node's size depends on: elaboration lets there be one. */
function subsampling({ elastic }: NetworkNode): Elastic | undefined {
  return elastic?.find(({ by }) => by === 'subsample')
}

function classScores(lowering: Lowering, node: number): ValueId {
  const { builder, network, spec } = lowering
  return builder.one('reshape', [loweredAt(lowering, node).masked()], { shape: [spec.batch, network.classes] })
}

function classifierInput(lowering: Lowering): ValueId {
  const { builder, network, spec } = lowering
  const classifier = network.nodes[classifierOf(network)]
  if (classifier === undefined) throw new Error('a network without a classifier')
  const map = loweredAt(lowering, only(classifier)).masked()
  const size = builder.shape(map).reduce((product, length) => product * length, 1)
  return builder.one('reshape', [map], { shape: [spec.batch, size / spec.batch] })
}

function loweredAt(lowering: Lowering, node: number): Lowered {
  const lowered = lowering.nodes[node]
  if (lowered === undefined) throw new Error(`node ${String(node)} is read before it is made`)
  return lowered
}

function only(node: NetworkNode): number {
  const [input, ...others] = node.inputs
  if (input === undefined || others.length > 0) throw new Error(`${node.path} must have exactly one input`)
  return input
}
