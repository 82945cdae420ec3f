import { setsOf } from '../../../../space/cost/presence.js'
import type { CostPass } from '../../../plan/cost.js'
import type { ValueId } from '../../../program/program.js'
import type { ChoiceLayout } from './choice-space.js'
import { emitTilted, exclusionsOf } from './tilted-weights.js'
import { emitSetChances } from './set-chances.js'

/**
 * The chance of every option to be taken, where every decision is drawn by itself: an option by its weight among those that
 * architectures take; of sets of inputs each in proportion to the product of its weights, all alike where there are no weights.
 *
 * @returns [1, layout.size]
 */
export function emitMeanChoices(
  { builder, mixture }: Pick<CostPass, 'builder' | 'mixture'>,
  layout: ChoiceLayout,
): ValueId {
  const tilts = builder.one('constant', [], { shape: [1, layout.size], values: [...exclusionsOf(layout)] })
  const single = emitTilted(builder, layout, mixture, tilts)
  const parts = layout.decisions.map((decision) => {
    const { path, options } = decision
    const from = layout.offsetOf(path)
    const own = builder.one('slice_channels', [single], { from, to: from + options.length })
    if (decision.arity === undefined) return own
    const given = mixture?.setsOf(path)
    const sets = given?.of ?? setsOf({ options: options.length, ...decision.arity }, path)
    if (mixture?.has(path) !== true) {
      const values = options.map((_, option) => sets.filter((set) => set.includes(option)).length / sets.length)
      return builder.one('constant', [], { shape: [1, options.length], values })
    }
    const chances =
      given === undefined
        ? emitSetChances(builder, builder.one('reshape', [own], { shape: [options.length] }), sets)
        : given.chances()
    const row = builder.one('reshape', [chances], { shape: [1, sets.length] })
    const values = sets.flatMap((set) => options.map((_, option) => Number(set.includes(option))))
    const members = builder.one('constant', [], { shape: [sets.length, options.length], values })
    return builder.one('matmul', [row, members], { transposeA: false, transposeB: false })
  })
  return builder.one('concat_channels', parts)
}
