import type { LayerNode } from '../../../space/network/network.js'
import { isPrimitiveName, type PrimitiveName } from './index.js'

/**
 * What a primitive makes of the order of the channels that arrive: it keeps it, and its weights have a number per channel in
 * their last dimension; it mixes all of them into new ones, by a kernel whose last two dimensions are the channels that arrive
 * and the new ones; or which channel is which matters.
 */
export type ChannelUse = 'keeps' | 'mixes' | 'fixes'

const uses: Readonly<Record<PrimitiveName, ChannelUse>> = {
  conv: 'mixes',
  conv_valid: 'mixes',
  linear: 'mixes',
  depthwise: 'keeps',
  depthwise_valid: 'keeps',
  bn: 'keeps',
  layer_norm: 'keeps',
  relu: 'keeps',
  relu6: 'keeps',
  swish: 'keeps',
  hswish: 'keeps',
  hsigmoid: 'keeps',
  sigmoid: 'keeps',
  gelu: 'keeps',
  tanh: 'keeps',
  max_pool: 'keeps',
  avg_pool: 'keeps',
  global_pool: 'keeps',
  identity: 'keeps',
  shift: 'keeps',
  pad: 'keeps',
  resize: 'keeps',
  dropout: 'keeps',
  drop_path: 'keeps',
  zero: 'fixes',
  split: 'fixes',
  channel_shuffle: 'fixes',
  split_sum: 'fixes',
  split_softmax: 'fixes',
  flatten: 'fixes',
  self_attention: 'fixes',
}

/** Convolutions in groups read certain channels each; of a map that is flattened, channels are no dimension of the kernel. */
export function channelUse({ operation, attributes }: LayerNode, input: { height: number; width: number }): ChannelUse {
  const use = isPrimitiveName(operation) ? uses[operation] : 'fixes'
  if (use !== 'mixes') return use
  if (operation === 'linear') return input.height * input.width === 1 ? 'mixes' : 'fixes'
  return (attributes['groups'] ?? 1) === 1 ? 'mixes' : 'fixes'
}
