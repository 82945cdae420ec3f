import { costRange, countArchitectures, deadOptions } from '../../analysis/index.js'
import type { ParamValues } from '../../space/index.js'
import type { Ir } from '../../ir/model/ir.js'

/** What is known of a space before anything is trained. */
export interface Facts {
  /** How many satisfy all constraints. */
  readonly architectures: bigint
  /** Only where there are too many sums of costs to count those near the bounds: the others surely do, and no more than these. */
  readonly atMost?: bigint
  /** Options that no architecture can take, and why. */
  readonly dead: readonly { readonly path: string; readonly option: string; readonly reason: string }[]
  readonly costs: readonly {
    readonly what: 'parameters' | 'macs'
    readonly least: number
    readonly greatest: number
    /** Only where what was found may be no extreme: no architecture costs less, or more. */
    readonly leastBound?: number
    readonly greatestBound?: number
  }[]
  readonly convention: string
}

export function factsOf(ir: Ir, space: string, params: ParamValues, convention: string): Facts {
  const { architectures, atMost } = countArchitectures(ir, space, { params })
  const costs = (['parameters', 'macs'] as const).flatMap((what) => {
    const range = costRange(ir, space, { params, convention }, what)
    if (!range) return []
    const { least, greatest } = range
    return [
      {
        what,
        least: least.value,
        greatest: greatest.value,
        ...(least.bound === undefined ? {} : { leastBound: least.bound }),
        ...(greatest.bound === undefined ? {} : { greatestBound: greatest.bound }),
      },
    ]
  })
  const dead = deadOptions(ir, space, { params, convention }).map(({ decision, option, reason }) => ({
    path: decision.path,
    option: decision.options[option] ?? '',
    reason,
  }))
  return { architectures, ...(atMost === architectures ? {} : { atMost }), dead, costs, convention }
}
