/** What the values of a name may be used for. */
export type ValueType = 'kernel' | 'width' | 'flag' | 'mode'

/** A value that has a name where something is written. */
export interface NamedValue {
  readonly name: string
  readonly type: ValueType
}

/** What may be said at a place of a program. */
export interface Scope {
  readonly values: readonly NamedValue[]
  /** Names of operations, and of sets of operations. */
  readonly operations: readonly string[]
  readonly sets: readonly string[]
  /** Conditions on facts of the place. */
  readonly facts: readonly string[]
  /** What a choice may be made `per`. */
  readonly per: readonly string[]
  /** In how many places a choice that is written here is made. */
  readonly places: number
  /** Whether an operation must give the channels that are asked for. */
  readonly keepsShape: boolean
}

export const moduleScope: Scope = {
  values: [],
  operations: [],
  sets: [],
  facts: [],
  per: [],
  places: 1,
  keepsShape: false,
}
