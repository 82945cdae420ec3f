import type { Ir } from '../../ir/model/ir.js'
import type { IrSearch } from '../../ir/model/search.js'
import { closestClause } from './clause-target.js'
import { largestOption } from './bound-options.js'
import type { Binding } from '../decisions/binding.js'
import { definitionsOf } from '../expressions/definitions.js'

/** The supernet in which everything is open: every alternative of every decision, every possible edge. */
export const relaxedBinding: Binding = () => ({ kind: 'mix' })

/**
 * The supernet of a search: each number is bound as the relaxation of its `relax` clause says that it binds (`slice`: to the
 * largest); of everything else all alternatives are there.
 */
export function supernetBinding(ir: Ir, search: IrSearch): Binding {
  const { components } = definitionsOf(ir)
  return (decision) => {
    const by = closestClause(search.relax, decision)?.by
    if (by?.kind !== 'component' || decision.values === undefined) return { kind: 'mix' }
    const kind = components.get(by.component)?.binding
    if (kind === 'slice') return { kind, option: largestOption(decision) }
    return kind === 'mask' || kind === 'subsample' ? { kind } : { kind: 'mix' }
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
