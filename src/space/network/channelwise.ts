import type { LayerNode } from './network.js'

/** Norms and activations: with the convolution before them they are one block, behind which its mask stands. */
const chain: ReadonlySet<string> = new Set([
  'bn',
  'relu',
  'relu6',
  'swish',
  'hswish',
  'hsigmoid',
  'sigmoid',
  'gelu',
  'tanh',
])

/** Those that take every channel by itself and times a factor to the same factor: a mask before them is one behind them. */
const homogeneous: ReadonlySet<string> = new Set([
  'depthwise',
  'depthwise_valid',
  'relu',
  'max_pool',
  'avg_pool',
  'global_pool',
  'identity',
  'zero',
  'shift',
  'pad',
  'resize',
  'dropout',
  'drop_path',
])

export function isChain(operation: string): boolean {
  return chain.has(operation)
}

/**
 * Whether the mask of a map may as well stand behind what the operation makes of it: where every channel goes its own way, and
 * a norm behind it would undo the factors in front of it.
 */
export function passesMaskOn(operation: string): boolean {
  return chain.has(operation) || operation === 'depthwise' || operation === 'depthwise_valid'
}

export function keepsMask(operation: string): boolean {
  return homogeneous.has(operation)
}

/** Those to which it matters how many channels there are, or which is which: of a part of them they make something else. */
const entangling: ReadonlySet<string> = new Set([
  'layer_norm',
  'split',
  'channel_shuffle',
  'split_sum',
  'split_softmax',
])

export function entanglesChannels({ operation, attributes }: Pick<LayerNode, 'operation' | 'attributes'>): boolean {
  return entangling.has(operation) || (attributes['groups'] ?? 1) !== 1
}
