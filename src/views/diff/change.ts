import type { SharedMembers } from '../../analysis/index.js'

/** One way in which two spaces differ. `kind` says what it is about. */
export type Change =
  | { readonly kind: 'decision-added'; readonly path: string; readonly options: readonly string[] }
  | { readonly kind: 'decision-removed'; readonly path: string; readonly options: readonly string[] }
  | {
      readonly kind: 'options-changed'
      readonly path: string
      readonly added: readonly string[]
      readonly removed: readonly string[]
    }
  | { readonly kind: 'arity-changed'; readonly path: string; readonly old: string; readonly new: string }
  | { readonly kind: 'constraint-added'; readonly constraint: string }
  | { readonly kind: 'constraint-removed'; readonly constraint: string }
  | { readonly kind: 'constraint-tightened'; readonly old: string; readonly new: string }
  | { readonly kind: 'constraint-loosened'; readonly old: string; readonly new: string }
  /** Neither is known to follow from the other. */
  | { readonly kind: 'constraint-changed'; readonly old: string; readonly new: string }
  | { readonly kind: 'param-added' | 'param-removed'; readonly name: string; readonly value: string }
  | { readonly kind: 'param-changed'; readonly name: string; readonly old: string; readonly new: string }
  | { readonly kind: 'operation-changed'; readonly operation: string }
  | { readonly kind: 'input-changed'; readonly old: string; readonly new: string }
  /** The same decisions build another network: what one architecture that both spaces hold costs. */
  | {
      readonly kind: 'cost-changed'
      readonly cost: 'parameters' | 'macs'
      readonly old: number
      readonly new: number
    }

/** A change, and what it does to the set of architectures. */
export interface JudgedChange {
  readonly change: Change
  /** Some architectures of the old space are none of the new one. */
  readonly loses: boolean
  /** Some architectures of the new space are none of the old one. */
  readonly gains: boolean
  /** The same decisions mean another network. */
  readonly rebuilds: boolean
}

/**
 * `shrinks`: every new architecture is an old one; `grows`: the other way round; `moves`: neither, or the same decisions
 * mean other networks.
 */
export type Relation = 'equal' | 'shrinks' | 'grows' | 'moves'

/** @param members what both spaces have, where that is known: each change by itself may lose what nobody has */
export function relationOf(changes: readonly JudgedChange[], members?: SharedMembers): Relation {
  const loses = members ? members.shared < members.first : changes.some((change) => change.loses)
  const gains = members ? members.shared < members.second : changes.some((change) => change.gains)
  if (changes.some(({ rebuilds }) => rebuilds) || (loses && gains)) return 'moves'
  return loses ? 'shrinks' : gains ? 'grows' : 'equal'
}
