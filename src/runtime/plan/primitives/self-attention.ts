import type { ValueId } from '../../program/program.js'
import { demandWeight, numbers, type LayerContext, type Primitive } from './primitive.js'

/** `self_attention`: softmax(Q K^T / sqrt(width)) V per head over all positions, heads joined by a linear layer. */
export const selfAttention: Primitive = (context) => {
  const { builder, input, inputShape, batch, layer } = context
  const { heads, width } = numbers(context, 'heads', 'width')
  const positions = inputShape.height * inputShape.width
  const rows = builder.one('reshape', [input], { shape: [batch * positions, inputShape.channels] })
  const perHead = (name: string): ValueId => {
    const projected = builder.one('reshape', [linear(context, rows, name)], { shape: [batch, positions, heads, width] })
    const swapped = builder.one('transpose', [projected], { order: [0, 2, 1, 3] })
    return builder.one('reshape', [swapped], { shape: [batch * heads, positions, width] })
  }
  const products = { transposeA: false, transposeB: true }
  const scores = builder.one('batch_matmul', [perHead('query'), perHead('key')], products)
  const weights = builder.one('softmax', [scores], { temperature: Math.sqrt(width) })
  const read = builder.one('batch_matmul', [weights, perHead('value')], { transposeA: false, transposeB: false })
  const split = builder.one('reshape', [read], { shape: [batch, heads, positions, width] })
  const joined = builder.one('transpose', [split], { order: [0, 2, 1, 3] })
  const all = builder.one('reshape', [joined], { shape: [batch * positions, heads * width] })
  const { height, width: across, channels } = layer.shape
  return builder.one('reshape', [linear(context, all, 'output')], { shape: [batch, height, across, channels] })
}

function linear(context: LayerContext, rows: ValueId, name: string): ValueId {
  const { builder } = context
  const product = builder.one('matmul', [rows, demandWeight(context, name)], { transposeA: false, transposeB: false })
  const bias = context.weight(`${name}_bias`)
  return bias === undefined ? product : builder.one('bias_add', [product, bias])
}
