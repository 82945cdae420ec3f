import { costRange, countArchitectures, deadOptions } from '../../analysis/index.js'
import type { ParamValues } from '../../space/index.js'
import type { Ir } from '../../ir/model/ir.js'

/** What is known of a space before anything is trained. */
export interface Facts {
  /** How many satisfy all constraints. */
  readonly architectures: bigint
  /** Options that no architecture can take, and why. */
  readonly dead: readonly { readonly path: string; readonly option: string; readonly reason: string }[]
  readonly costs: readonly {
    readonly what: 'parameters' | 'macs'
    readonly least: number
    readonly greatest: number
  }[]
  readonly convention: string
}

export function factsOf(ir: Ir, space: string, params: ParamValues, convention: string): Facts {
  const { architectures } = countArchitectures(ir, space, { params })
  const costs = (['parameters', 'macs'] as const).flatMap((what) => {
    const range = costRange(ir, space, { params, convention }, what)
    return range ? [{ what, least: range.least.value, greatest: range.greatest.value }] : []
  })
  const dead = deadOptions(ir, space, { params, convention }).map(({ decision, option, reason }) => ({
    path: decision.path,
    option: decision.options[option] ?? '',
    reason,
  }))
  return { architectures, dead, costs, convention }
}
