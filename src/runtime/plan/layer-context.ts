import type { LayerNode, Weight, WindowSize } from '../../space/network/network.js'
import type { Shape } from '../../space/evaluation/shape.js'
import type { ProgramBuilder } from '../program/builder.js'
import type { ValueId } from '../program/program.js'
import type { LayerContext, Observed } from './primitives/primitive.js'
import type { StatisticRole, StepSpec } from './step-spec.js'
import type { StepVariables } from './variables.js'

/** What lowering a layer needs to know beside the layer. */
export interface LayerLowering {
  readonly builder: ProgramBuilder
  readonly spec: StepSpec
  readonly variables: StepVariables
  readonly layer: LayerNode
  readonly input: ValueId
  readonly inputShape: Shape
  /** Channels of the running statistics in the store. */
  readonly storedChannels: number
  /** Takes what is observed instead of the running statistic, where a layer is lowered more than once. */
  readonly observe?: (role: StatisticRole, observed: Observed) => void
}

/** Name of the variable with a running statistic of a layer. */
export function statisticName({ path }: LayerNode, role: StatisticRole): string {
  return `${path}.${role}`
}

/** Name of the input with the mask of a layer that drops. */
export function dropoutName(layer: string): string {
  return `dropout/${layer}`
}

export function layerContext(lowering: LayerLowering): LayerContext {
  const { builder, spec, variables, layer, inputShape } = lowering
  return {
    builder,
    layer,
    input: lowering.input,
    inputShape,
    batch: spec.batch,
    mode: spec.mode,
    weight(name) {
      const weight = layer.weights.find((each) => each.name === name)
      return weight === undefined ? undefined : weightValue(lowering, weight)
    },
    statistic(role) {
      const whole = runningStatistic(lowering, role)
      return lowering.storedChannels === inputShape.channels
        ? whole
        : builder.one('slice_channels', [whole], { from: 0, to: inputShape.channels })
    },
    follow(role, observed) {
      if (lowering.observe === undefined) followStatistic(lowering, role, observed)
      else lowering.observe(role, observed)
    },
    randomMask(shape, rate) {
      variables.drop(dropoutName(layer.path), rate)
      return builder.input(dropoutName(layer.path), shape)
    },
  }
}

/** Moves a running statistic of the layer. Of one that is larger than what is observed, the first channels move. */
export function followStatistic(
  lowering: LayerLowering,
  role: StatisticRole,
  { value, factor, momentum }: Observed,
): void {
  const { builder, spec } = lowering
  const running = runningStatistic(lowering, role)
  const weight = spec.mode === 'calibrate' ? [builder.input('calibrationMomentum', [])] : []
  const attributes = { momentum: spec.mode === 'calibrate' ? 1 : momentum, factor }
  const [observed = 0] = builder.shape(value)
  if (observed === lowering.storedChannels) {
    builder.emit('moving_average', [running, value, ...weight], attributes)
    return
  }
  // Channels that were not observed are moved towards themselves.
  const range = { from: observed, to: lowering.storedChannels }
  const rest = builder.one('slice_channels', [running], range)
  const scaled =
    factor === 1 ? rest : builder.one('scale', [rest, builder.one('fill', [], { shape: [], value: 1 / factor })])
  const target = builder.one('concat_channels', [value, scaled])
  builder.emit('moving_average', [running, target, ...weight], attributes)
}

function runningStatistic({ builder, variables, layer, storedChannels }: LayerLowering, role: StatisticRole): ValueId {
  const init = role === 'mean' ? 'zeros' : 'ones'
  return variables.declare(builder, { name: statisticName(layer, role), shape: [storedChannels], init, role })
}

/** The weight, or its part of the larger one in the store: the centre of the window, the first channels. */
function weightValue(lowering: LayerLowering, weight: Weight): ValueId {
  const { builder, variables } = lowering
  const { path, shape, init, role, stored, transforms } = weight
  const whole = variables.declare(builder, { name: path, shape: stored ?? shape, init, role })
  if (stored === undefined) return whole
  if (transforms !== undefined) return transformedKernel(lowering, weight, whole, stored, transforms)
  return centre(builder, whole, stored, shape)
}

/** The centre of the window of a kernel, and the first channels of all. */
function centre(builder: ProgramBuilder, kernel: ValueId, from: readonly number[], to: readonly number[]): ValueId {
  if (from.every((size, axis) => size === to[axis])) return kernel
  const begin = to.map((size, axis) => (axis < 2 && to.length > 2 ? Math.floor(((from[axis] ?? size) - size) / 2) : 0))
  return builder.one('slice', [kernel], { begin, size: to })
}

/**
 * A kernel whose window is made from larger ones, step by step: the centre of the one before, through a trained linear map
 * that all channels share and that begins as the identity (Cai et al., Once-for-All, ICLR 2020, section 3.3). The maps are
 * kernels in what decay and updates make of them, as in the code of the paper.
 */
function transformedKernel(
  { builder, variables }: LayerLowering,
  { path, shape }: Weight,
  whole: ValueId,
  stored: readonly number[],
  transforms: readonly WindowSize[],
): ValueId {
  const channels = shape.slice(2)
  const columns = channels.reduce((product, size) => product * size, 1)
  let from = [...stored.slice(0, 2), ...channels]
  let kernel = builder.one('slice', [whole], { begin: stored.map(() => 0), size: from })
  for (const [height, width] of transforms) {
    const to = [height, width, ...channels]
    const places = height * width
    const map = variables.declare(builder, {
      name: `${path}.${from.slice(0, 2).join('x')}_to_${String(height)}x${String(width)}`,
      shape: [places, places],
      init: 'identity',
      role: 'kernel',
    })
    const flat = builder.one('reshape', [centre(builder, kernel, from, to)], { shape: [places, columns] })
    const mapped = builder.one('matmul', [map, flat], { transposeA: false, transposeB: false })
    kernel = builder.one('reshape', [mapped], { shape: to })
    from = to
  }
  return centre(builder, kernel, from, shape)
}
