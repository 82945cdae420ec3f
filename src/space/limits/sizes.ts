import { formatCount } from '../../support/format-quantity.js'
import { ElaborationFailure } from './elaboration-failure.js'

/** More than this is a slip of the pen, not a search space. */
const limits = { values: 100_000, layers: 1000, cells: 1000 } as const

/** @throws ElaborationFailure where something is too large or less than nothing, which says how large it is and what it may be */
export function demandWithin(path: string, what: string, unit: keyof typeof limits, count: number): void {
  const most = limits[unit]
  if (count < 0) throw new ElaborationFailure(path, 'negative-size', { what, count, unit })
  if (count <= most) return
  throw new ElaborationFailure(path, 'too-large', { what, count: formatCount(count), unit, most: formatCount(most) })
}
