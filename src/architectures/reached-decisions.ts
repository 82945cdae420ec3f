import type { Ir } from '../ir/model/ir.js'
import { onlySelection, type Architecture } from '../space/architectures/architecture.js'
import { elaborate } from '../space/network/build-network.js'
import { createDecider } from '../space/binding/create-decider.js'
import type { Binding } from '../space/decisions/binding.js'
import type { Decision } from '../space/decisions/decision.js'
import { spaceOf } from '../space/expressions/definitions.js'
import { ElaborationFailure } from '../space/limits/elaboration-failure.js'
import type { ParamValues } from '../space/evaluation/params.js'

/** The decisions that the network of an architecture reaches, by path. */
export interface ReachedDecisions {
  readonly all: ReadonlyMap<string, Decision>
  /**
   * Those that the architecture must take and does not. Their first options are taken instead, so that what they call for is
   * found as well.
   */
  readonly open: ReadonlyMap<string, Decision>
}

/**
 * @param select positions of the options that are taken for a decision, or nothing: it is open
 * @throws ElaborationFailure if nothing is open and the network cannot be built
 */
export function reachedUnder(
  ir: Ir,
  space: string,
  params: ParamValues,
  select: (decision: Decision) => readonly number[] | undefined,
): ReachedDecisions {
  const all = new Map<string, Decision>()
  const open = new Map<string, Decision>()
  /** What is taken, by path: further instances of a cell, whose options may be named otherwise, are settled with the first one. */
  const taken = new Map<string, readonly number[]>()
  const binding: Binding = (decision) => {
    const { path } = decision
    const known = taken.get(path)
    if (known) return { kind: 'fixed', options: known }
    const selected = select(decision) ?? onlySelection(decision)
    all.set(path, decision)
    if (selected === undefined) open.set(path, decision)
    const options = selected ?? firstSelection(decision)
    taken.set(path, options)
    return { kind: 'fixed', options }
  }
  try {
    const options = { params, mode: 'standalone', binding, outline: true } as const
    elaborate(ir, spaceOf(ir, space), options, createDecider(binding))
  } catch (failure) {
    // The first options may not fit the others; what was asked for until then is open all the same.
    if (!(failure instanceof ElaborationFailure) || open.size === 0) throw failure
  }
  return { all, open }
}

/** The decisions that the network of an architecture reaches. @throws ElaborationFailure as {@link reachedUnder} */
export function reachedDecisions(ir: Ir, { space, decisions }: Architecture, params: ParamValues): ReachedDecisions {
  return reachedUnder(ir, space, params, ({ path }) => decisions[path])
}

/** The first option, or as many of the first as must be taken. */
export function firstSelection({ arity }: Decision): readonly number[] {
  return Array.from({ length: arity?.least ?? 1 }, (_, option) => option)
}
