import type { Host } from '../../../src/compiler/modules/host.js'
import type { Ir } from '../../../src/ir/model/ir.js'
import type { ParamValues } from '../../../src/space/evaluation/params.js'
import type { Enumeration } from '../reference/enumerate.js'
import type { Member } from '../reference/member.js'

/** A space, and what brute force knows of it. */
export interface Case {
  readonly text: string
  /** Whether a check finds no error in the text: another space of it may be wrong, and this one right. */
  readonly isSound: boolean
  readonly standard: Host
  readonly ir: Ir
  readonly space: string
  readonly params: ParamValues
  readonly enumeration: Enumeration
  /** Networks that satisfy all constraints. */
  readonly members: readonly Member[]
  /** Those that do not. */
  readonly others: readonly Member[]
}

/** Says what differs; undefined: nothing. */
export type Comparison = (each: Case) => string | undefined
