import { Failure } from '../../../catalogue/failure.js'
import type { Ir } from '../../../ir/model/ir.js'
import type { Evidence } from '../components/derivations/derivation.js'
import { derive, searchingDerivation } from '../step/derive.js'
import { resolveSettings, type SettingsRequest } from '../settings/settings.js'
import { resolvePlan, type ResolvedSearch } from '../step/resolved-search.js'

/**
 * Resolves a search of the IR, relaxes its space and derives an architecture from even weights, so that nothing that can
 * be known now comes up after hours.
 *
 * @throws Failure as `resolveSettings`, `relaxSpace` and `derive`
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
  else if (plan.validate === undefined) {
    const [rule] = plan.derive.rules
    throw new Failure('no-validation', { search: plan.search, derivation: rule?.by.component ?? '' })
  }
  return search
}
