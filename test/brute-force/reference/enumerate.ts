import type { Ir } from '../../../src/ir/model/ir.js'
import { costOf } from '../../../src/space/cost/index.js'
import { buildNetwork, ElaborationFailure, type Binding, type Decision } from '../../../src/space/index.js'
import type { ParamValues } from '../../../src/space/evaluation/params.js'
import type { Member, Selection } from './member.js'

/** Everything that a space can be, found by building its networks one at a time. */
export interface Enumeration {
  readonly members: readonly Member[]
  /** Selections under which nothing can be built, as far as they were asked for, and why. */
  readonly misfits: readonly { readonly selections: Member['selections']; readonly failure: ElaborationFailure }[]
  /** Every decision that was met. One path has several where another decision says what its options are. */
  readonly decisions: ReadonlyMap<string, readonly Decision[]>
}

/** Thrown where there are more networks than allowed. */
export class TooMany extends Error {}

/**
 * Builds a space under every answer to the decisions that its elaboration asks for, depth first: the last decision that has
 * another answer takes it, and what comes behind it is asked anew.
 *
 * @throws TooMany where there are more than `most` networks
 */
export function enumerate(ir: Ir, space: string, params: ParamValues, most: number): Enumeration {
  const members: Member[] = []
  const misfits: { readonly selections: Member['selections']; readonly failure: ElaborationFailure }[] = []
  const decisions = new Map<string, Decision[]>()
  /** Positions of the answers that are to be given again; behind them the first ones are. */
  let prefix: readonly number[] = []
  for (;;) {
    if (members.length + misfits.length >= most) throw new TooMany()
    const asked: Answered[] = []
    const selections = new Map<string, Selection>()
    const binding: Binding = (decision) => {
      const known = selections.get(decision.path)
      if (known) return { kind: 'fixed', options: known.options }
      const before = decisions.get(decision.path) ?? []
      if (!before.some((other) => isSame(other, decision))) decisions.set(decision.path, [...before, decision])
      const answers = answersOf(decision)
      const position = prefix[asked.length] ?? 0
      const options = answers[position] ?? []
      asked.push({ position, count: answers.length })
      selections.set(decision.path, { decision, options })
      return { kind: 'fixed', options }
    }
    try {
      const network = buildNetwork(ir, space, { params, binding, mode: 'standalone' })
      const { macs, parameters, activationBytes } = costOf(network)
      members.push({ selections, network, costs: { macs, parameters, activation_bytes: activationBytes } })
    } catch (failure) {
      if (!(failure instanceof ElaborationFailure)) throw failure
      misfits.push({ selections, failure })
    }
    const next = nextAnswers(asked)
    if (!next) return { members, misfits, decisions }
    prefix = next
  }
}

function isSame(a: Decision, b: Decision): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

interface Answered {
  readonly position: number
  readonly count: number
}

function nextAnswers(asked: readonly Answered[]): readonly number[] | undefined {
  const last = asked.findLastIndex(({ position, count }) => position + 1 < count)
  return last < 0 ? undefined : asked.slice(0, last + 1).map(({ position }, at) => position + (at === last ? 1 : 0))
}

/** Every set of options that a decision may take. */
export function answersOf({ options, arity }: Decision): readonly (readonly number[])[] {
  if (!arity) return options.map((_, option) => [option])
  return Array.from({ length: 2 ** options.length }, (_, bits) =>
    options.flatMap((_option, option) => ((bits >> option) & 1 ? [option] : [])),
  ).filter(({ length }) => length >= arity.least && length <= arity.most)
}
