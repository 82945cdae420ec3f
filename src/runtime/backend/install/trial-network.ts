import { at, sizeOf } from '../../operations/support/element.js'
import { gradients } from '../../program/differentiate.js'
import { ProgramBuilder } from '../../program/builder.js'
import type { Program } from '../../program/program.js'
import { noise } from '../engine/trial-numbers.js'

/** A network that has every kind of layer that searches are made of, with the gradients of all its weights. */
export interface TrialNetwork {
  readonly program: Program
  readonly variables: ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: Float32Array }>
  readonly inputs: Readonly<Record<string, Float32Array | Int32Array>>
}

export interface TrialSize {
  readonly batch: number
  /** Height and width. */
  readonly size: number
  readonly channels: number
  /** Of the operations of the cell. */
  readonly stride: number
  /** Height and width of the windows of the pools. */
  readonly pool: number
}

/** An edge of a normal cell of the DARTS supernet in the size in which the paper searches, and what is around it. */
export const cellOfDarts: TrialSize = { batch: 16, size: 32, channels: 16, stride: 1, pool: 3 }

/** Small enough for plain JavaScript. */
export const smallCell: TrialSize = { batch: 8, size: 8, channels: 8, stride: 2, pool: 3 }

/** Dilations without a stride, and windows that are wider than the map. */
export const wideWindows: TrialSize = { batch: 8, size: 4, channels: 8, stride: 1, pool: 5 }

export function trialNetwork({ batch, size, channels, stride, pool }: TrialSize): TrialNetwork {
  const builder = new ProgramBuilder()
  const variables = new Map<string, { readonly shape: readonly number[]; readonly data: Float32Array }>()
  const weight = (name: string, shape: readonly number[]) => {
    variables.set(name, { shape, data: noise(sizeOf(shape), variables.size + 1) })
    return builder.variable(name, shape)
  }
  const normalised = (x: number): number =>
    at(builder.emit('batch_norm_train', [x], { epsilon: 1e-5, affine: false }), 0)
  const images = builder.input('images', [batch, size, size, 3])
  const labels = builder.input('labels', [batch], 'int32')

  const plain = { stride: 1, dilation: 1, groups: 1 }
  const stem = normalised(builder.one('conv2d', [images, weight('stem', [3, 3, 3, channels])], plain))
  const active = builder.one('relu', [stem])
  const branches = [3, 5].flatMap((kernel) =>
    [1, 2].map((dilation) => {
      const name = `depthwise/${String(kernel)}/${String(dilation)}`
      const deep = builder.one('depthwise2d', [active, weight(name, [kernel, kernel, channels])], { stride, dilation })
      return normalised(builder.one('conv2d', [deep, weight(`${name}/point`, [1, 1, channels, channels])], plain))
    }),
  )
  const pools = [
    builder.one('max_pool2d', [active], { kernel: pool, stride }),
    builder.one('avg_pool2d', [active], { kernel: pool, stride }),
  ].map(normalised)
  const terms = [...branches, ...pools]
  const logits = weight('choices', [terms.length])
  const choices = builder.one('softmax', [logits], { temperature: 1 })
  const mixed = builder.one('weighted_sum', [choices, ...terms], { indices: terms.map((_, i) => i) })
  const pooled = builder.one('reshape', [builder.one('global_avg_pool', [mixed])], { shape: [batch, channels] })
  const head = builder.one('matmul', [pooled, weight('head', [channels, 10])], { transposeA: false, transposeB: false })
  const scores = builder.one('bias_add', [head, weight('bias', [10])])
  const [loss] = builder.emit('softmax_cross_entropy', [scores, labels], { smoothing: 0.1 })
  if (loss === undefined) throw new Error('a cross-entropy has no loss')

  const names = [...variables.keys()]
  const slopes = gradients(
    builder,
    loss,
    names.map((name) => builder.variable(name, variables.get(name)?.shape ?? [])),
  )
  const outputs: Record<string, number> = { loss }
  names.forEach((name, i) => {
    const slope = slopes[i]
    if (slope !== undefined) outputs[name] = slope
  })
  return {
    program: builder.build(outputs),
    variables,
    inputs: {
      images: noise(batch * size ** 2 * 3, 99),
      labels: Int32Array.from({ length: batch }, (_, i) => i % 10),
    },
  }
}
