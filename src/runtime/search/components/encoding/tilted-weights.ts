import type { Mixture } from '../../../plan/mixture.js'
import type { ProgramBuilder } from '../../../program/builder.js'
import type { ValueId } from '../../../program/program.js'
import type { ChoiceLayout } from './choice-space.js'

/** Added to the logarithm of a weight, leaves nothing of it. */
export const never = -1e9
/** Of a weight that is zero the logarithm would be infinite. */
const leastWeight = 1e-12

/**
 * Weights of the options with something added to their logarithms, normalised anew in every decision: with Gumbel noise, how
 * near each option is to be drawn; with {@link never}, weights among the other options. A decision without weights has equal
 * ones, whose slope is none.
 *
 * @param tilts [rows, layout.size]
 * @returns [rows, layout.size]
 */
export function emitTilted(
  builder: ProgramBuilder,
  layout: ChoiceLayout,
  mixture: Mixture | undefined,
  tilts: ValueId,
): ValueId {
  const count = builder.shape(tilts)[0] ?? 0
  const parts = layout.decisions.map(({ path, options: { length } }) => {
    if (mixture?.has(path) !== true) return builder.one('fill', [], { shape: [length], value: 1 })
    const from = mixture.offsetOf(path)
    return builder.one('slice_channels', [mixture.weights], { from, to: from + length })
  })
  const weights = builder.one('concat_channels', parts)
  const least = builder.one('fill', [], { shape: [layout.size], value: leastWeight })
  const logarithms = builder.one('reshape', [builder.one('log', [builder.one('add', [weights, least])])], {
    shape: [1, layout.size],
  })
  const ones = builder.one('fill', [], { shape: [count, 1], value: 1 })
  const repeated = builder.one('matmul', [ones, logarithms], { transposeA: false, transposeB: false })
  const tilted = builder.one('add', [repeated, tilts])
  return builder.one(
    'concat_channels',
    blocksOf(layout).map(({ from, to, options }) => {
      const block = builder.one('slice_channels', [tilted], { from, to })
      const rows = builder.one('reshape', [block], { shape: [(count * (to - from)) / options, options] })
      return builder.one('reshape', [builder.one('softmax', [rows], { temperature: 1 })], { shape: [count, to - from] })
    }),
  )
}

/** {@link never} for every option that no architecture takes, 0 for the others, [layout.size]. */
export function exclusionsOf({ space, decisions, size, offsetOf }: ChoiceLayout): Float32Array {
  const tilts = new Float32Array(size)
  for (const decision of decisions) {
    decision.options.forEach((_, option) => {
      if (space.excluded(decision, option)) tilts[offsetOf(decision.path) + option] = never
    })
  }
  return tilts
}

interface Block {
  readonly from: number
  readonly to: number
  /** Of each decision in it. */
  readonly options: number
}

/** Decisions with as many options stand together. */
function blocksOf({ decisions, offsetOf }: ChoiceLayout): readonly Block[] {
  const blocks = new Map<number, Block>()
  for (const { path, options } of decisions) {
    const offset = offsetOf(path)
    const from = blocks.get(options.length)?.from ?? offset
    blocks.set(options.length, { from, to: offset + options.length, options: options.length })
  }
  return [...blocks.values()]
}
