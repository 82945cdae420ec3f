import { Failure } from '../../catalogue/failure.js'
import { formatCount } from '../../support/format-quantity.js'
import { mostDraws, type Totals } from '../costs/totals.js'
import type { Analysis } from './analysis.js'

/** Of sums that are too coarse to tell whether any architecture is meant, where none was drawn that is. */
export function unresolved(
  { context }: Analysis,
  { count, leftOut, blur }: Pick<Totals, 'count' | 'leftOut' | 'blur'>,
): Failure {
  return new Failure('window-unresolved', {
    space: context.space.name,
    draws: formatCount(mostDraws),
    most: formatCount(count + leftOut),
    blur: formatCount(blur),
  })
}
