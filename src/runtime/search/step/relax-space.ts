import { closestClause, isConnection, targetedDecisions } from '../../../space/binding/clause-target.js'
import type { Binding } from '../../../space/decisions/binding.js'
import type { Decision } from '../../../space/decisions/decision.js'
import { Failure } from '../../../catalogue/failure.js'
import type { OptionWeights, WeightEmission } from '../../plan/emission.js'
import type { Random } from '../../random/random.js'
import type { Effect } from '../../training/effect.js'
import type { FeedSource } from '../../training/feeds/feed.js'
import { openRelaxation } from '../components/relaxations/index.js'
import type { EffectContext, Relaxation } from '../components/relaxations/relaxation.js'
import type { Sampler } from '../components/samplers/sampler.js'
import type { RelaxPlan } from '../settings/plan.js'

/** A space under the `relax` clauses of a search. */
export interface RelaxedSpace {
  /** All of the space. */
  readonly decisions: readonly Decision[]
  readonly binding: Binding
  /** Decisions that have logits, with what makes weights of them. */
  readonly trained: readonly TrainedDecision[]
  /** For plans. */
  readonly weights: OptionWeights
  /**
   * Of the inputs that the relaxations have.
   * @param random a stream of the update that runs the step
   */
  feeds(random: Random): readonly FeedSource[]
  /** What the relaxations do to variables between two steps. */
  effects(context: EffectContext): readonly Effect[]
}

export interface TrainedDecision {
  readonly decision: Decision
  readonly emission: WeightEmission
}

/**
 * @param trains what a step trains: a decision that no clause meets is one that is taken on a path, or an error
 * @throws Failure where a decision of a supernet is met by no clause or has no weights and needs them, or a clause meets no
 *         decision
 */
export function relaxSpace(
  clauses: readonly RelaxPlan[],
  decisions: readonly Decision[],
  trains: Sampler['trains'] = 'supernet',
): RelaxedSpace {
  const opened = clauses.map(({ target, by }) => ({ target, by, relaxation: openRelaxation(by, `relax ${target}`) }))
  const byPath = new Map<string, Relaxation>()
  for (const decision of decisions) {
    const clause = closestClause(opened, decision)
    if (clause === undefined && trains === 'paths') continue
    const { relaxation, by } = clause ?? refuseOpen(decision)
    byPath.set(decision.path, relaxation)
    const isMixed = relaxation.bound(decision).kind === 'mix'
    const isMerged = decision.arity !== undefined && !isConnection(decision)
    // On a path every choice is taken.
    if (trains === 'supernet' && isMixed && !isMerged && relaxation.emission?.(decision) === undefined) {
      throw new Failure('no-option-weights', { relaxation: by.component, decision: decision.path, kind: decision.kind })
    }
  }
  for (const { target } of opened) {
    if (target !== 'all' && targetedDecisions(target, decisions).length === 0) refuseIdle(target, decisions)
  }
  const trained = decisions.flatMap((decision) => {
    const emission = byPath.get(decision.path)?.emission?.(decision)
    return emission === undefined ? [] : [{ decision, emission }]
  })
  return {
    decisions,
    binding: (decision) => byPath.get(decision.path)?.bound(decision) ?? { kind: 'mix' },
    trained,
    weights: optionWeights(decisions, trained),
    effects: (context) =>
      opened.flatMap(({ relaxation }) => {
        const own = decisions.filter(({ path }) => byPath.get(path) === relaxation)
        return relaxation.effect?.(context, own) ?? []
      }),
    feeds: (random) => opened.flatMap(({ relaxation }) => relaxation.feeds?.(random) ?? []),
  }
}

function optionWeights(decisions: readonly Decision[], trained: readonly TrainedDecision[]): OptionWeights {
  const emissions = new Map(trained.map(({ decision, emission }) => [decision.path, emission]))
  const byPath = new Map(
    decisions.map(({ path, options }) => {
      const emission = emissions.get(path)
      return [path, { options: options.length, ...(emission !== undefined && { emission }) }] as const
    }),
  )
  const key = trained.map(({ decision, emission }) => `${decision.path} ${emission.key}`).join('\n')
  return { key, of: (decision) => byPath.get(decision) }
}

function refuseOpen(decision: Decision): never {
  throw new Failure('not-relaxed', { decision: decision.path, kind: decision.kind })
}

function refuseIdle(target: string, decisions: readonly Decision[]): never {
  const kinds = [...new Set(decisions.map((decision) => decision.kind))]
  throw new Failure('relaxes-nothing', { target, kinds: kinds.join(', ') })
}
