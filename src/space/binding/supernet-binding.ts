import type { IrSearch } from '../../ir/model/search.js'
import { closestClause } from './clause-target.js'
import { largestOption } from './bound-options.js'
import type { Binding } from '../values/binding.js'
import { baseName } from '../values/labels.js'

/** The supernet in which everything is open: every alternative of every decision, every possible edge. */
export const relaxedBinding: Binding = () => ({ kind: 'mix' })

/**
 * The supernet of a search: numbers are bound by `mask`, `subsample` or `slice` (the largest) where its `relax` clauses say
 * so; of everything else all alternatives are there.
 */
export function supernetBinding(search: IrSearch): Binding {
  return (decision) => {
    const by = closestClause(search.relax, decision)?.by
    if (by?.kind !== 'component' || decision.values === undefined) return { kind: 'mix' }
    switch (baseName(by.component)) {
      case 'mask':
        return { kind: 'mask' }
      case 'subsample':
        return { kind: 'subsample' }
      case 'slice':
        return { kind: 'slice', option: largestOption(decision) }
      default:
        return { kind: 'mix' }
    }
  }
}

/** The binding with whatever is masked or subsampled at its largest, for who needs no other size. */
export function largestBinding(binding: Binding): Binding {
  return (decision, copy) => {
    const bound = binding(decision, copy)
    if (bound.kind !== 'mask' && bound.kind !== 'subsample') return bound
    return { kind: 'slice', option: largestOption(decision) }
  }
}
