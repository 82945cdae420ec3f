import type { NetworkNode } from '../../space/network/network.js'
import type { Shape } from '../../space/evaluation/shape.js'
import { picked, resampling, type AxisMap } from '../operations/resample2d.js'
import type { ProgramBuilder } from '../program/builder.js'
import type { ValueId } from '../program/program.js'
import type { Mixture } from './mixture.js'

/**
 * The factors of the channels of a node whose number of channels is masked: the sum of g_i 1_i over the options of a
 * decision, where 1_i has as many leading ones as option i has channels, times that of every other such decision (Wan et
 * al., CVPR 2020). `undefined` where nothing is masked.
 */
export function channelMask(
  builder: ProgramBuilder,
  node: NetworkNode,
  mixture: Mixture,
  known: Map<string, ValueId | undefined>,
): ValueId | undefined {
  // Norm, activation and squeeze of one block have one mask.
  const widths = (node.elastic ?? []).map(({ decision, by, shapes }) => [
    decision,
    by,
    shapes.map((each) => each.channels),
  ])
  const key = JSON.stringify([node.shape.channels, widths, node.joint])
  if (!known.has(key)) known.set(key, emitMask(builder, node, mixture))
  return known.get(key)
}

function emitMask(builder: ProgramBuilder, node: NetworkNode, mixture: Mixture): ValueId | undefined {
  const { channels } = node.shape
  const { joint } = node
  const masks = (node.elastic ?? []).flatMap(({ decision, by, shapes }) => {
    const widths = shapes.map((shape) => shape.channels)
    if (by !== 'mask' || widths.every((width) => width === channels)) return []
    if (joint?.decisions.includes(decision) === true) return []
    return [sumOfOnes(builder, weightsOf(builder, decision, widths.length, mixture), widths, channels)]
  })
  if (joint !== undefined) {
    const [rows, columns] = [joint.channels.length, joint.channels[0]?.length ?? 0]
    const first = weightsOf(builder, joint.decisions[0], rows, mixture)
    const second = weightsOf(builder, joint.decisions[1], columns, mixture)
    const pairs = builder.one('matmul', [first, second], { transposeA: true, transposeB: false })
    const weights = builder.one('reshape', [pairs], { shape: [1, rows * columns] })
    masks.push(sumOfOnes(builder, weights, joint.channels.flat(), channels))
  }
  const [first, ...others] = masks
  if (first === undefined) return undefined
  return others.reduce((product, mask) => builder.one('multiply', [product, mask]), first)
}

/** The weights of the options of a decision, as a row. */
function weightsOf(builder: ProgramBuilder, decision: string, options: number, mixture: Mixture): ValueId {
  const from = mixture.offsetOf(decision)
  const weights = builder.one('slice_channels', [mixture.weights], { from, to: from + options })
  return builder.one('reshape', [weights], { shape: [1, options] })
}

/** The sum of leading ones, as many as each width, times the weights. */
function sumOfOnes(builder: ProgramBuilder, weights: ValueId, widths: readonly number[], channels: number): ValueId {
  const values = widths.flatMap((width) => Array.from({ length: channels }, (_, channel) => Number(channel < width)))
  const ones = builder.one('constant', [], { shape: [widths.length, channels], values })
  const mask = builder.one('matmul', [weights, ones], { transposeA: false, transposeB: false })
  return builder.one('reshape', [mask], { shape: [channels] })
}

/** Places of an axis of `from` pixels that its nearest subsample of `to` pixels takes. */
function sampled(from: number, to: number): readonly number[] {
  return Array.from({ length: to }, (_, place) => Math.floor((place * from) / to))
}

/** The nearest subsample of a map. */
export function subsample(builder: ProgramBuilder, map: ValueId, from: Shape, to: Shape): ValueId {
  if (sameSize(from, to)) return map
  const axis = (size: number, small: number): AxisMap => picked(sampled(size, small))
  return builder.one('resample2d', [map], resampling(axis(from.height, to.height), axis(from.width, to.width)))
}

/** The pixels of a small map at the places that its subsample would take them from, zeros elsewhere. */
export function scatter(builder: ProgramBuilder, map: ValueId, from: Shape, to: Shape): ValueId {
  if (sameSize(from, to)) return map
  const axis = (small: number, size: number): AxisMap => {
    const places = sampled(size, small)
    const positions = Array.from({ length: size }, (_, place) => {
      const position = places.indexOf(place)
      return position < 0 ? undefined : position
    })
    return picked(positions)
  }
  return builder.one('resample2d', [map], resampling(axis(from.height, to.height), axis(from.width, to.width)))
}

function sameSize(a: Shape, b: Shape): boolean {
  return a.height === b.height && a.width === b.width
}
