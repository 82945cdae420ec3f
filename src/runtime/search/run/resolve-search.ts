import { Failure } from '../../../catalogue/failure.js'
import type { Ir } from '../../../ir/model/ir.js'
import { leftOutDecisions } from '../../../analysis/index.js'
import { createRandom } from '../../random/random.js'
import { lastPosition } from '../../training/training-position.js'
import type { Evidence } from '../components/derivations/derivation.js'
import { derive, searchingDerivation } from '../step/derive.js'
import { readsResults } from '../settings/reads-results.js'
import { resolveSettings, type SettingsRequest } from '../settings/settings.js'
import { resolvePlan, type ResolvedSearch } from '../step/resolved-search.js'

/**
 * Resolves a search of the IR, relaxes its space and derives an architecture from even weights, so that nothing that can
 * be known now comes up after hours.
 *
 * @throws Failure as `resolveSettings`, `relaxSpace` and `derive`; NAS7532 and NAS7533
 */
export function resolveSearch(ir: Ir, request: SettingsRequest): ResolvedSearch {
  const search = resolvePlan(ir, resolveSettings(ir, request))
  const { plan, relaxed, decisions } = search
  const [first] = relaxed.trained
  if (first !== undefined && plan.choices === undefined) {
    throw new Failure('setting-missing', {
      clause: `\`relax ${first.decision.kind}\` gives choices logits, but the search \`${plan.search}\``,
      what: 'how they are trained',
      advice: 'Add `train choices { … }`.',
    })
  }
  checkSecondOrder(search)
  checkRetrained(search)
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
  else if (plan.validate === undefined && !readsResults(plan)) {
    const [rule] = plan.derive.rules
    throw new Failure('no-validation', { search: plan.search, derivation: rule?.by.component ?? '' })
  }
  refuseIdleDraws(search)
  return search
}

/** The step that looks ahead knows one network. */
function checkSecondOrder({ plan, sampler, sampled, minimised }: ResolvedSearch): void {
  if (plan.choices?.secondOrder !== true) return
  const passes = sampler.passes(sampled, lastPosition(plan.epochs), createRandom(0))
  const teaches = minimised.teachers.length > 0
  if (passes.length <= 1 && !teaches) return
  throw new Failure('second-order-of-passes', {
    search: plan.search,
    reason: teaches
      ? 'its objective has another network that teaches'
      : `\`sample ${plan.sample.component}\` draws ${String(passes.length)} networks for a step`,
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
