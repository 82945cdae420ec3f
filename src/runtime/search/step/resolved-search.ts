import { decisionsOf, decisionsWithGates } from '../../../analysis/index.js'
import type { Decision } from '../../../space/decisions/decision.js'
import { resolveParams, type ParamValues } from '../../../space/evaluation/params.js'
import type { Ir } from '../../../ir/model/ir.js'
import { optional } from '../settings/optional.js'
import type { SearchPlan } from '../settings/plan.js'
import { hasSupernet } from '../settings/judging.js'
import { placeCells } from './place-cells.js'
import { lazy } from '../../../support/lazy.js'
import type { ChoiceSpace } from '../components/encoding/choice-space.js'
import { openMinimised, type Minimised } from '../components/objectives/minimised.js'
import { openSampler } from '../components/samplers/index.js'
import type { SampledSpace, Sampler } from '../components/samplers/sampler.js'
import { openTeacher } from '../components/teachers/index.js'
import type { Teacher } from '../components/teachers/teacher.js'
import { openViews } from '../components/views/index.js'
import type { Views } from '../components/views/views.js'
import { exclusion } from './derive.js'
import { openEvidence, type EvidenceReader } from './evidence.js'
import { relaxSpace, type RelaxedSpace } from './relax-space.js'
import { openSampledSpace } from './sampled-space.js'

/** A search with all that follows from program and plan alone: worked out once, and handed on. */
export interface ResolvedSearch {
  readonly ir: Ir
  readonly plan: SearchPlan
  /** Of the supernet and of every architecture with its weights. */
  readonly params: ParamValues
  /** Of a network that is trained from scratch; those of the search where none is. */
  readonly standaloneParams: ParamValues
  /** All of the space, under the params of the search. */
  readonly decisions: readonly Decision[]
  readonly relaxed: RelaxedSpace
  /** Copies of cells that evaluate everything; absent: all of them do. The others run what is derived of the choices. */
  readonly relaxedCopies?: ReadonlySet<string>
  /** Reads what the relaxations came to think; planned when it is first asked for. */
  readonly evidence: () => EvidenceReader
  readonly sampler: Sampler
  readonly sampled: SampledSpace
  /** What a step minimises. */
  readonly minimised: Minimised
  readonly teacher?: Teacher
  readonly views?: Views
  /** The choices as architectures are encoded by them; worked out when they are first asked for. */
  readonly choices: () => ChoiceSpace
}

/** @throws Failure as `relaxSpace` */
export function resolvePlan(ir: Ir, plan: SearchPlan): ResolvedSearch {
  const params = resolveParams(ir, plan.params)
  const decisions = decisionsOf(ir, plan.space, { params })
  const sampler = openSampler(plan.sample, 'sample')
  const choices = lazy((): ChoiceSpace => ({
    explored: decisionsWithGates(ir, plan.space, { params }),
    excluded: exclusion(plan.derive.except),
  }))
  const relaxed = relaxSpace(plan.relax, decisions, hasSupernet(plan) ? sampler.trains : 'paths')
  return {
    ir,
    plan,
    params,
    standaloneParams: resolveParams(ir, (plan.retrain ?? plan).params),
    decisions,
    relaxed,
    ...optional('relaxedCopies', placeCells(ir, plan, params)),
    evidence: lazy(() => openEvidence(relaxed)),
    sampler,
    sampled: openSampledSpace(ir, plan.space, params, relaxed),
    minimised: openMinimised(plan.minimise, 'minimise', {
      space: choices,
      ...(plan.predictor !== undefined && { predictor: plan.predictor }),
    }),
    choices,
    ...optional('teacher', plan.teacher && openTeacher(plan.teacher)),
    ...optional('views', plan.views && openViews(plan.views)),
  }
}
