import type { Binding } from '../../space/values/binding.js'
import type { Decision } from '../../space/values/decision.js'
import { Failure } from '../../ir/failure.js'
import { openRelaxation } from './components/relaxations/index.js'
import type { Distribution, Relaxation } from './components/relaxations/relaxation.js'
import type { RelaxPlan } from './plan.js'
import { targetSpecificity } from './clause-target.js'

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
  const opened = clauses.map(({ what, by }) => ({ what, relaxation: openRelaxation(by, `relax ${what}`) }))
  const byPath = new Map<string, Relaxation>()
  for (const decision of decisions) byPath.set(decision.path, relaxationOf(opened, decision))
  for (const { what } of opened) {
    if (what !== 'all' && decisions.every((decision) => targetSpecificity(what, decision) === undefined))
      refuseIdle(what, decisions)
  }
  const trained = decisions.flatMap((decision) => {
    const distribution = byPath.get(decision.path)?.distribution
    return distribution === undefined ? [] : [{ decision, distribution }]
  })
  const temperatures = [...new Set(trained.map(({ distribution }) => distribution.temperature))]
  if (temperatures.length > 1) {
    throw new Failure(
      'NAS7503',
      `The clauses \`relax\` have different temperatures: ${temperatures.join(', ')}.`,
      'Give all of them the same one.',
    )
  }
  return {
    binding: (decision) => (byPath.get(decision.path) ?? relaxationOf(opened, decision)).bound,
    trained,
    temperature: temperatures[0] ?? 1,
  }
}

/** The most telling clause counts: a path before a kind, a kind before `all`; the first one of equals. */
function relaxationOf(
  clauses: readonly { readonly what: string; readonly relaxation: Relaxation }[],
  decision: Decision,
): Relaxation {
  const fitting = clauses
    .map(({ what, relaxation }) => ({ relaxation, fit: targetSpecificity(what, decision) ?? -1 }))
    .filter(({ fit }) => fit >= 0)
    .toSorted((a, b) => b.fit - a.fit)
  if (fitting[0] !== undefined) return fitting[0].relaxation
  throw new Failure(
    'NAS7518',
    `The search does not say how \`${decision.path}\` is relaxed.`,
    `Add \`relax ${decision.kind} by …\`, or \`relax all by …\`.`,
  )
}

function refuseIdle(what: string, decisions: readonly Decision[]): never {
  const kinds = [...new Set(decisions.map((decision) => decision.kind))]
  throw new Failure(
    'NAS7518',
    `\`relax ${what}\` speaks of no decision of the space.`,
    `Kinds of decisions that it has: ${kinds.join(', ')}.`,
  )
}
