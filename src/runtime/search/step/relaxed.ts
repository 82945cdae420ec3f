import { closestClause, targetedDecisions } from '../../../space/binding/clause-target.js'
import type { Binding } from '../../../space/values/binding.js'
import type { Decision } from '../../../space/values/decision.js'
import { Failure } from '../../../catalogue/failure.js'
import { openRelaxation } from '../components/relaxations/index.js'
import type { Distribution, Relaxation } from '../components/relaxations/relaxation.js'
import type { RelaxPlan } from '../settings/plan.js'

/** A space under the `relax` clauses of a search. */
export interface RelaxedSpace {
  readonly binding: Binding
  /** Decisions that have logits, with what makes weights of them. */
  readonly trained: readonly { readonly decision: Decision; readonly distribution: Distribution }[]
  /** Of the softmax of all of them. */
  readonly temperature: number
}

/**
 * @throws Failure where a decision is met by no clause, a clause meets no decision, or temperatures differ
 */
export function relaxSpace(clauses: readonly RelaxPlan[], decisions: readonly Decision[]): RelaxedSpace {
  const opened = clauses.map(({ target, by }) => ({ target, relaxation: openRelaxation(by, `relax ${target}`) }))
  const byPath = new Map<string, Relaxation>()
  for (const decision of decisions) byPath.set(decision.path, relaxationOf(opened, decision))
  for (const { target } of opened) {
    if (target !== 'all' && targetedDecisions(target, decisions).length === 0) refuseIdle(target, decisions)
  }
  const trained = decisions.flatMap((decision) => {
    const distribution = byPath.get(decision.path)?.distribution
    return distribution === undefined ? [] : [{ decision, distribution }]
  })
  const temperatures = [...new Set(trained.map(({ distribution }) => distribution.temperature))]
  if (temperatures.length > 1) {
    throw new Failure('temperatures-differ', { temperatures: temperatures.join(', ') })
  }
  return {
    binding: (decision) => (byPath.get(decision.path) ?? relaxationOf(opened, decision)).bound,
    trained,
    temperature: temperatures[0] ?? 1,
  }
}

function relaxationOf(
  clauses: readonly { readonly target: string; readonly relaxation: Relaxation }[],
  decision: Decision,
): Relaxation {
  const clause = closestClause(clauses, decision)
  if (clause !== undefined) return clause.relaxation
  throw new Failure('not-relaxed', { decision: decision.path, kind: decision.kind })
}

function refuseIdle(target: string, decisions: readonly Decision[]): never {
  const kinds = [...new Set(decisions.map((decision) => decision.kind))]
  throw new Failure('relaxes-nothing', { target, kinds: kinds.join(', ') })
}
