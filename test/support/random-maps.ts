import type { ProgramBuilder } from '../../src/runtime/program/builder.js'
import type { ValueId } from '../../src/runtime/program/program.js'

/** Shape of the maps of random programs. */
export const SHAPE = [2, 5, 4, 6]
export const SIZE = 2 * 5 * 4 * 6

export interface MapOperands {
  readonly x: ValueId
  readonly y: ValueId
  /** What a sum adds. */
  readonly terms: readonly ValueId[]
  /** Variables: [4], [3, 3, 6] and [1, 1, 6, 6]. */
  readonly weights: ValueId
  readonly depthwise: ValueId
  readonly pointwise: ValueId
}

/** Emits one of eight operations on maps, and gives the maps that it makes; undefined for kinds beyond these. */
export function randomMaps(
  builder: ProgramBuilder,
  kind: number,
  operands: MapOperands,
): readonly ValueId[] | undefined {
  const { x, y, terms, weights, depthwise, pointwise } = operands
  const one = { stride: 1, dilation: 1 }
  switch (kind) {
    case 0:
      return [builder.one('relu', [x])]
    case 1:
      return [builder.one('add', terms)]
    case 2:
      return [builder.one('relu_gradient', [x, y])]
    case 3:
      return [builder.one('depthwise2d', [x, depthwise], one)]
    case 4:
      return [builder.one('conv2d', [x, pointwise], { ...one, groups: 1 })]
    case 5:
      return [builder.one('weighted_sum', [weights, x, y], { indices: [2, 0] })]
    case 6: {
      const settings = { epsilon: 0.1, affine: false }
      const [made = 0, mean = 0, , inverse = 0] = builder.emit('batch_norm_train', [x], settings)
      return [builder.one('batch_norm_train_gradient', [x, y, mean, inverse], { affine: false }), made]
    }
    case 7:
      return [builder.one('reshape', [builder.one('reshape', [x], { shape: [10, 24] })], { shape: SHAPE })]
    default:
      return undefined
  }
}
