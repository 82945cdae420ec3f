import type {
  AggregateExpression,
  CostExpression,
  DecisionExpression,
  TopologyExpression,
} from '../../ir/model/expression.js'
import type { IrSpace } from '../../ir/model/space.js'
import type { Definitions } from '../expressions/definitions.js'
import type { Decider } from '../decisions/decider.js'
import type { Shape } from './shape.js'
import type { ParamValues } from './params.js'
import type { Scope } from '../decisions/decision-scope.js'
import type { Thunk, Value } from './value.js'

/** Facts of the place where an operation stands: the context names of expressions. */
export interface Surroundings {
  readonly in?: number
  readonly channels?: number
  readonly classes?: number
  readonly standalone?: boolean
  readonly layer?: number
  readonly first?: boolean
}

/** What is known of a whole architecture: what the `require`s of cells and spaces speak of. */
export interface Facts {
  /** What a decision takes, by its path; in a cell the path starts in the cell. @throws AbsentDecision where it does not exist */
  decision(expression: DecisionExpression): Value
  cost(expression: CostExpression): number
  topology(fact: TopologyExpression): Value
  aggregate(expression: AggregateExpression): Value
  /** Whether two values are the same, where one of them may name an option that a decision takes. */
  isSame(a: Value, b: Value): boolean
}

/** Thrown where a condition speaks of a decision that the architecture at hand does not have. A jump, and no failure. */
export class AbsentDecision extends Error {
  constructor(readonly path: string) {
    super(`the architecture has no ${path}`)
  }
}

/** Everything that gives an expression its meaning. */
export interface Environment {
  readonly definitions: Definitions
  readonly params: ParamValues
  /** Absent where no space is built. */
  readonly space?: IrSpace
  /** Who settles open choices; absent where none may be met (`expect`, settings of searches). */
  readonly decider?: Decider
  readonly scope: Scope
  readonly locals: Readonly<Record<string, Thunk>>
  /** Absent outside of operations and network items: then the place of use counts. */
  readonly surroundings?: Surroundings
  /** For a text that stands outside of any place: where it is being used. Operations in it wait for their own place. */
  readonly usedAt?: { readonly surroundings?: Surroundings | undefined; readonly maps: Environment['maps'] }
  /** Feature maps that have a name here: `s0`, `input`, `out`. */
  readonly maps: Readonly<Record<string, Shape>>
  /** Absent where no whole architecture is at hand. */
  readonly facts?: Facts
  /** Path of the network node that is being built, for messages. */
  readonly at: string
}
