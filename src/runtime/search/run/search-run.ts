import type { Ir } from '../../../ir/model/ir.js'
import { resolveParams } from '../../../space/evaluation/params.js'
import { Failure } from '../../../catalogue/failure.js'
import type { RunOutcome, SearchOptions } from '../../options.js'
import { readRun } from '../../run/run-directory.js'
import type { ComponentUse } from '../components/component-use.js'
import { requireSupernet } from '../phases/kept-supernet.js'
import { hasWeights, loadWeights } from '../phases/weights-files.js'
import { requestFromJson } from '../settings/request.js'
import { optional } from '../settings/optional.js'
import { derivePlan } from '../settings/settings.js'
import { searchingDerivation } from '../step/derive.js'
import { heldOutImages } from '../step/held-out.js'
import { resolveSearch } from './resolve-search.js'
import { recordedBackend, reopen } from './resume-run.js'
import { beginRun } from './start-run.js'

/**
 * Searches the supernet that a run has trained, by another derivation than the run's own, in a run directory of its own. Nothing
 * is trained for it: architectures are judged on the images that the run kept for that, or else on those that trained its choices.
 *
 * @throws Failure NAS7521 if the run has no supernet yet, NAS7645 if it never has one, NAS7581 if all of its images trained the weights, NAS7608 if the derivation
 *         scores nothing; otherwise as `startRun`
 */
export async function searchRun(folder: string, options: SearchOptions): Promise<RunOutcome> {
  const trained = readRun(folder)
  const { search: own, data } = await reopen(trained)
  requireSupernet(trained, own.plan)
  if (!hasWeights(trained, { of: 'supernet' })) loadWeights(trained, { of: 'supernet' })
  // What scores may need is trained behind the supernet, before anything is derived.
  const hasDerived = trained.events().some(({ type }) => type === 'architecture-derived')
  if (!hasDerived) throw new Failure('nothing-to-evaluate', { run: trained.path, what: 'not derived an architecture' })
  const inherit = { run: trained.path, by: derivationIn(options.by, own.plan.score), retrain: options.retrain ?? false }
  const { baseline: _baseline, ...request } = requestFromJson(trained.record.options)
  const search = resolveSearch(own.ir, { ...request, inherit })
  const validation = data.split[heldOutImages(data, trained.path).part] ?? []
  const { seed = 0, out, backend = recordedBackend(trained), threads = trained.record.threads, ...observed } = options
  return beginRun({
    search,
    request: { ...request, inherit },
    data: { ...data, split: { ...data.split, validation } },
    dataName: trained.record.data.name,
    options: {
      ...{ ...observed, seed, backend, threads },
      ...optional('out', out),
      ...optional('skipCorrupt', trained.record.data.skipCorrupt),
    },
  })
}

/**
 * The derivation that the last search of a program ends with.
 * @param score what the search of the run judges by
 */
function derivationIn(program: Ir, score: ComponentUse): ComponentUse {
  const search = program.searches.at(-1)
  if (search === undefined) throw new Error('a program that says how to derive has a search')
  const plan = derivePlan(program, search, resolveParams(program, {}), score)
  const [rule] = plan.rules
  if (rule === undefined || searchingDerivation(plan) === undefined) {
    throw new Failure('derivation-scores-nothing', { derivation: rule?.by.component ?? '' })
  }
  return rule.by
}
