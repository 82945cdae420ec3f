import { gelu, hsigmoid, hswish, relu6, sigmoid, swish, tanh } from './activations.js'
import { bn } from './bn.js'
import { channelShuffle, split, splitSoftmax, splitSum } from './channels.js'
import { conv } from './conv.js'
import { depthwise } from './depthwise.js'
import { dropout, dropPath } from './dropout.js'
import { flatten } from './flatten.js'
import { identity } from './identity.js'
import { layerNorm } from './layer-norm.js'
import { linear } from './linear.js'
import { pad } from './pad.js'
import { avgPool, globalPool, maxPool } from './pools.js'
import type { Primitive } from './primitive.js'
import { relu } from './relu.js'
import { resize } from './resize.js'
import { selfAttention } from './self-attention.js'
import { shift } from './shift.js'
import { convValid, depthwiseValid } from './valid.js'
import { zero } from './zero.js'

/** Lowerings of the primitives of std:nn by their names there. */
export const primitives = {
  conv,
  depthwise,
  bn,
  relu,
  max_pool: maxPool,
  avg_pool: avgPool,
  global_pool: globalPool,
  linear,
  identity,
  zero,
  shift,
  relu6,
  swish,
  hswish,
  hsigmoid,
  sigmoid,
  gelu,
  tanh,
  layer_norm: layerNorm,
  pad,
  conv_valid: convValid,
  depthwise_valid: depthwiseValid,
  split,
  channel_shuffle: channelShuffle,
  split_sum: splitSum,
  split_softmax: splitSoftmax,
  resize,
  flatten,
  dropout,
  drop_path: dropPath,
  self_attention: selfAttention,
} as const satisfies Readonly<Record<string, Primitive>>

export type PrimitiveName = keyof typeof primitives

export function isPrimitiveName(name: string): name is PrimitiveName {
  return Object.hasOwn(primitives, name)
}
