import { effectiveCostOf, type EffectiveCost, type EffectiveSize } from '../../../../space/cost/effective-cost.js'
import type { OpenCostName } from '../../../../space/cost/open-cost.js'
import type { CostPass } from '../../../plan/cost.js'
import type { ValueId } from '../../../program/program.js'
import { printCost } from '../formula.js'
import { valueOf, type Scalar } from '../scalar.js'
import type { CostComponent } from './cost.js'
import { dotWith, openMeans, sumOf } from './expectation.js'

/** What the network costs at the shapes that its weights come to (Wan et al., FBNetV2, CVPR 2020, section 3.3). */
export function effectiveCost(cost: OpenCostName): CostComponent {
  return (use) => {
    const name = printCost(use)
    return {
      key: name,
      emit: (pass) => emitEffective(pass, effectiveCostOf(pass.costed, cost, name, use.convention), name),
    }
  }
}

function emitEffective(pass: CostPass, { decisions, terms }: EffectiveCost, cost: string): ValueId {
  const { builder } = pass
  const meanOf = openMeans(pass, decisions, cost)
  const sizes = new Map<string, ValueId>()
  const sizeOf = (size: EffectiveSize): ValueId => {
    const key = JSON.stringify(size)
    const value = sizes.get(key) ?? emitSize(pass, size)
    sizes.set(key, value)
    return value
  }
  const parts = terms.map(({ sizes: factors, amount }): Scalar => {
    const mean = meanOf(amount)
    if (factors.length === 0) return mean
    const [first, ...others] = factors.map(sizeOf)
    const product = others.reduce((all, each) => builder.one('multiply', [all, each]), first ?? 0)
    if ('value' in mean) return { value: builder.one('multiply', [product, mean.value]) }
    return { value: builder.one('scale', [product, valueOf(builder, mean)]) }
  })
  return valueOf(builder, sumOf(builder, parts))
}

/** The mean over the options of one decision, or of two that are drawn by themselves: []. */
function emitSize(pass: CostPass, size: EffectiveSize): ValueId {
  const { builder } = pass
  if (size.kind === 'single') return dotWith(builder, weightsOf(pass, size.decision, size.values.length), size.values)
  const [rows, columns] = [size.values.length, size.values[0]?.length ?? 0]
  const [first, second] = [weightsOf(pass, size.decisions[0], rows), weightsOf(pass, size.decisions[1], columns)]
  const row = builder.one('reshape', [first], { shape: [1, rows] })
  const table = builder.one('constant', [], { shape: [rows, columns], values: size.values.flat() })
  const means = builder.one('matmul', [row, table], { transposeA: false, transposeB: false })
  return builder.one('dot', [builder.one('reshape', [means], { shape: [columns] }), second])
}

function weightsOf({ builder, mixture }: CostPass, decision: string, options: number): ValueId {
  if (mixture === undefined) throw new Error(`${decision} has no weights`)
  const from = mixture.offsetOf(decision)
  return builder.one('slice_channels', [mixture.weights], { from, to: from + options })
}
