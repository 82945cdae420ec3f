import { Failure } from '../../../catalogue/failure.js'
import type { Ir } from '../../../ir/model/ir.js'
import { leftOutDecisions } from '../../../analysis/index.js'
import type { Evidence } from '../components/derivations/derivation.js'
import { checkDraws, passNames } from '../components/samplers/pass-names.js'
import { derive, searchingDerivation } from '../step/derive.js'
import { readsResults } from '../settings/judging.js'
import { resolveSettings, type SettingsRequest } from '../settings/settings.js'
import { checkContrast } from '../step/check-contrast.js'
import { checkPredictor } from '../step/check-predictor.js'
import { checkTrainedCandidates } from '../step/check-trained-candidates.js'
import { resolvePlan, type ResolvedSearch } from '../step/resolved-search.js'

/**
 * Resolves a search of the IR, relaxes its space and derives an architecture from even weights, so that nothing that can
 * be known now comes up after hours.
 *
 * @throws Failure as `resolveSettings`, `relaxSpace` and `derive`; NAS7532, NAS7533, NAS7543, NAS7550, NAS7552, NAS7646
 */
export function resolveSearch(ir: Ir, request: SettingsRequest): ResolvedSearch {
  const search = resolvePlan(ir, resolveSettings(ir, request))
  const { plan, relaxed, decisions } = search
  const [first] = relaxed.trained
  if (first !== undefined && plan.choices === undefined) {
    throw new Failure('clause-missing', {
      search: plan.search,
      what: `how the choices are trained that \`relax ${first.decision.kind}\` gives logits`,
      advice: 'Add `train choices { … }`.',
    })
  }
  checkPredictor(search)
  checkPasses(search)
  checkContrast(search)
  checkRetrained(search)
  checkTrainedCandidates(search)
  const even: Evidence = {
    weights: Object.fromEntries(
      relaxed.trained.map(({ decision: { path, options } }) => [path, options.map(() => 1 / options.length)] as const),
    ),
    sets: Object.fromEntries(
      relaxed.trained.flatMap(({ decision: { path }, emission: { sets } }) =>
        sets === undefined ? [] : [[path, { of: sets.of, chances: sets.of.map(() => 1 / sets.of.length) }] as const],
      ),
    ),
  }
  if (searchingDerivation(plan.derive) === undefined) derive(plan.derive, decisions, even)
  else if (plan.validate === undefined && plan.inherit === undefined && !readsResults(plan)) {
    const [rule] = plan.derive.rules
    throw new Failure('no-validation', { search: plan.search, derivation: rule?.by.component ?? '' })
  }
  refuseIdleDraws(search)
  // What cannot be counted cannot be drawn by cost: known now, and not after the search.
  if (plan.baseline !== undefined) search.sampled.hasAnyWithin({ least: 0, most: Infinity })
  return search
}

/** What the networks of a step are to each other: who looks ahead knows one, and what an objective reads is among them. */
function checkPasses(search: ResolvedSearch): void {
  const { plan, decisions, sampler, sampled, minimised } = search
  const drawn = passNames(sampler, plan.settings.epochs, decisions)
  const teachers = minimised.teachers.flatMap((teacher) => passNames(teacher, 1, decisions).flat())
  const unread = minimised.reads.find((name) => ![teachers, ...drawn].some((names) => names.includes(name)))
  if (unread !== undefined) throw new Failure('pass-not-run', { pass: unread })
  if (plan.choices?.settings.second_order === true)
    checkLookAhead(search, Math.max(0, ...drawn.map(({ length }) => length)))
  for (const each of [sampler, ...minimised.teachers]) checkDraws(each, sampled, decisions, plan.settings.epochs)
}

/** @param passes the most that a step has */
function checkLookAhead({ plan, minimised }: ResolvedSearch, passes: number): void {
  const teaches = minimised.teachers.length > 0
  if (passes <= 1 && !teaches) return
  throw new Failure('second-order-of-passes', {
    search: plan.search,
    reason: teaches
      ? 'its objective has another network that teaches'
      : `\`sample ${plan.sample.component}\` draws ${String(passes)} networks for a step`,
  })
}

/** What is retrained must be chosen by the search. */
function checkRetrained({ ir, plan, params, standaloneParams }: ResolvedSearch): void {
  if (plan.retrain === undefined || plan.given !== undefined) return
  const missing = leftOutDecisions(ir, plan.space, { searched: params, trained: standaloneParams })
  const [first] = missing
  if (first === undefined) return
  throw new Failure('retrains-what-is-not-searched', { search: plan.search, count: missing.length, first })
}

/** Objectives that draw from the choices need choices with weights, and rules that read these. */
function refuseIdleDraws({ plan, relaxed, minimised }: ResolvedSearch): void {
  if (!minimised.draws) return
  const reason =
    relaxed.trained.length === 0
      ? 'none of these has weights'
      : searchingDerivation(plan.derive) && 'it derives by scores of architectures, which nobody has while it trains'
  if (reason !== undefined) throw new Failure('samples-nothing', { search: plan.search, reason })
}
