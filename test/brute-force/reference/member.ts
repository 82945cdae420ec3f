import type { Decision } from '../../../src/space/decisions/decision.js'
import type { Network } from '../../../src/space/network/network.js'

export interface Selection {
  readonly decision: Decision
  readonly options: readonly number[]
}

/** A network of a space, and the selections that lead to it: those of all decisions that it asked for, in order. */
export interface Member {
  readonly selections: ReadonlyMap<string, Selection>
  readonly network: Network
  readonly costs: Readonly<Record<'macs' | 'parameters' | 'activation_bytes', number>>
}

/** The same for equal selections. */
export function keyOf(selections: Iterable<readonly [path: string, options: readonly number[]]>): string {
  return [...selections]
    .map(([path, options]) => `${path}=${options.join(',')}`)
    .sort()
    .join(' ')
}

export function selectionsKey({ selections }: Pick<Member, 'selections'>): string {
  return keyOf([...selections].map(([path, { options }]) => [path, options] as const))
}
