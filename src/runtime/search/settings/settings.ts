import { evaluate } from '../../../space/evaluation/evaluate.js'
import { resolveParams, type ParamValues } from '../../../space/evaluation/params.js'
import { overridesOf, searchOverrides, type ParamOverrides } from '../../../space/evaluation/param-overrides.js'
import { Failure } from '../../../catalogue/failure.js'
import type { Expression } from '../../../ir/model/expression.js'
import type { Ir } from '../../../ir/model/ir.js'
import type { IrSearch, Settings, Training } from '../../../ir/model/search.js'
import { componentUseOf } from './argument.js'
import type { ComponentUse } from '../components/component-use.js'
import { exceptions } from './exceptions.js'
import { optional } from './optional.js'
import { defaultSampler, openSampler } from '../components/samplers/index.js'
import { defaultScore } from '../components/scores/index.js'
import type { Circumstances } from '../components/settings/setting.js'
import { settle, type SettingsBlock } from '../components/settings/settle.js'
import { formulaOf } from './formula.js'
import { judgingBy } from './judging-by.js'
import { splitOverrides } from './overrides.js'
import { pickScale, pickSearch } from './pick.js'
import type { BaselinePlan, DerivePlan, GivenArchitecture, InheritPlan, RetrainPlan, SearchPlan } from './plan.js'
import { openBlock } from './open-block.js'
import { predictorPlan } from './predictor-plan.js'
import { refusePlanned } from './refuse-planned.js'
import { retrainPlan } from './retrain-plan.js'
import { valuesOf } from './setting-values.js'
import { shareOf, trainPlan } from './train-plan.js'
import { validatePlan } from './validate-plan.js'
import { hasSupernet, readsResults, scoreOf } from './judging.js'

/** What a command line says about a search. */
export interface SettingsRequest {
  readonly search?: string
  readonly space?: string
  readonly scale?: string
  /** Params and settings by name; `retrain.NAME` for the retraining. */
  readonly set?: ParamOverrides
  /** Random architectures that are retrained beside what the search finds. */
  readonly baseline?: BaselinePlan
  /** The supernet that another run has trained is searched in another way. */
  readonly inherit?: InheritPlan
  /** To be trained from scratch, in place of what the search would find. */
  readonly given?: GivenArchitecture
}

/**
 * Resolves a search of the IR into numbers and components. Later ones win: defaults of the params, the search itself,
 * its scale, `set`; for the retraining: all of these, `retrain` of the search, `retrain` of the scale, `set` with
 * `retrain.` in front.
 *
 * @throws Failure where a name is unknown, a setting is missing or does not fit, or a component is not implemented yet
 */
export function resolveSettings(ir: Ir, request: SettingsRequest): SearchPlan {
  const search = pickSearch(ir, request.search, request.space)
  refusePlanned(ir, search)
  const scale = pickScale(search, request.scale)
  const set = splitOverrides(ir, request.set ?? {})
  const resolved = resolveDirectSettings(ir, search, scale, set.search, request.scale)
  const plan: SearchPlan = {
    space: search.space,
    search: search.name,
    ...(request.scale !== undefined && { scale: request.scale }),
    ...clausesPlan(ir, search, resolved),
    ...optional('baseline', request.baseline),
    ...(request.inherit !== undefined && derivingBy(request.inherit)),
    ...optional('given', request.given),
  }
  const blocks = [search.retrain, scale?.blocks['retrain']].filter((block) => block !== undefined)
  if (blocks.length > 0 && request.inherit?.retrain !== false) {
    return validatePlan({ ...plan, retrain: retrainPlanFrom(ir, search, plan, resolved.params, blocks, set.retrain) })
  }
  if ((request.given ?? request.baseline) !== undefined || request.inherit?.retrain === true)
    throw nothingTrains(search)
  return validatePlan(plan)
}

/** What a supernet of another run is searched by, in place of what the search says. */
function derivingBy(inherit: InheritPlan): Pick<SearchPlan, 'derive' | 'inherit'> {
  return { derive: { rules: [{ by: inherit.by }], except: [] }, inherit }
}

/** What stands in no block: the params of the program, and the settings of the search, its scale and the command line. */
interface DirectSettings {
  readonly overrides: ParamOverrides
  readonly params: ParamValues
  readonly block: SettingsBlock
}

type SetOfBlock = ReturnType<typeof splitOverrides>['search']

function resolveDirectSettings(
  ir: Ir,
  search: IrSearch,
  scale: Settings | undefined,
  set: SetOfBlock,
  scaleName: string | undefined,
): DirectSettings {
  const clause = scaleName === undefined ? `search ${search.name}` : `scale ${scaleName}`
  refuseBlocks(search.settings, `search ${search.name}`)
  if (scale) refuseBlocks(scale, clause)
  const overrides: ParamOverrides = {
    ...searchOverrides(ir, search, scale),
    ...set.params,
  }
  const params = resolveParams(ir, overrides)
  const values: SettingsBlock['values'] = {
    ...valuesOf(ir, search.settings, params, `search ${search.name}`),
    ...valuesOf(ir, scale, params, clause),
    ...set.values,
  }
  return { overrides, params, block: openBlock(ir, values, clause, 'search') }
}

/** What the clauses of a search say, and its settings outside of `retrain`. */
function clausesPlan(
  ir: Ir,
  search: IrSearch,
  { overrides, params, block }: DirectSettings,
): Omit<SearchPlan, 'space' | 'search' | 'scale' | 'given' | 'baseline' | 'inherit' | 'retrain'> {
  const use = (expression: Expression, of: string): ComponentUse => componentUseOf(evaluate(ir, expression, params), of)
  const said = search.score && use(search.score, 'score')
  const derive = derivePlan(ir, search, params, said)
  const score = said ?? defaultScore
  const trainsNothing = readsResults({ derive, score })
  const trainsEach = epochsOfEach(search.name, { derive, score })
  const training = trainsNothing ? search.train.find(isOfWeights) : trainingOf(search)
  const choices = search.train.find(({ variables }) => variables === 'choices')
  const sample = search.sample === undefined ? defaultSampler : use(search.sample, 'sample')
  const circumstances = {
    ...circumstancesOf(search, sample, trainsNothing, block.clause),
    ...optional('trainsEach', trainsEach),
  }
  const settings = settle('search', { search: block }, circumstances)
  return {
    params: overrides,
    settings,
    relax: search.relax.map(({ target, by }) => ({ target, by: use(by, `relax ${target}`) })),
    ...(search.cells.length > 0 && { cells: search.cells.map((placement) => use(placement, 'cells')) }),
    ...(search.share.includes('features') && { sharesFeatures: true }),
    sample,
    ...optional('teacher', search.teacher && use(search.teacher, 'teacher')),
    ...optional('views', search.views && use(search.views, 'views')),
    minimise: formulaOf(ir, search.minimise, params, 'minimise'),
    ...optional('weights', training && trainPlan(ir, 'weights', training, params, block, circumstances)),
    ...optional('predictor', predictorPlan(ir, search, params, circumstances)),
    ...optional('choices', choices && trainPlan(ir, 'choices', choices, params, block, circumstances)),
    ...(choices?.perEpoch === true && { perEpoch: true }),
    ...optional('validate', search.validate && shareOf(ir, search.validate, params, 'validate')),
    score,
    derive,
  }
}

/** How long every architecture is trained by itself; undefined: none is. @throws Failure NAS7641 */
function epochsOfEach(search: string, judged: Pick<SearchPlan, 'derive' | 'score'>): number | undefined {
  const score = scoreOf(judged)
  if (score.kind !== 'standalone') return undefined
  if (!hasSupernet(judged)) return score.epochs
  const derivation = judged.derive.rules.map(({ by }) => by.component).join(', then ')
  throw new Failure('trains-what-nothing-judges', { search, derivation })
}

function circumstancesOf(
  search: IrSearch,
  sample: ComponentUse,
  trainsNothing: boolean,
  clause: string,
): Circumstances {
  const { epochs } = openSampler(sample, 'sample')
  const sampler = { name: sample.component, ...(epochs !== undefined && { epochs }) }
  return { clause, trainsNothing, sampler, advice: (setting) => scaleHelp(search, setting) }
}

/**
 * @param searched params while the supernet is trained
 * @param blocks of the search and of its scale
 */
function retrainPlanFrom(
  ir: Ir,
  search: IrSearch,
  plan: SearchPlan,
  searched: ParamValues,
  blocks: readonly Settings[],
  set: SetOfBlock,
): RetrainPlan {
  const overrides: ParamOverrides = merged([
    plan.params,
    ...blocks.map((block) => overridesOf(ir, block, searched)),
    set.params,
  ])
  const params = resolveParams(ir, overrides)
  const values: SettingsBlock['values'] = merged([
    ...blocks.map((block) => valuesOf(ir, block, params, 'retrain')),
    set.values,
  ])
  for (const block of blocks) refuseBlocks(block, 'retrain', [])
  trainingOf(search)
  return retrainPlan(ir, plan, overrides, values, circumstancesOf(search, plan.sample, readsResults(plan), 'retrain'))
}

/**
 * What a search says of how architectures are derived.
 *
 * @param score what the search judges by: so do derivations that do not say themselves what they judge by
 */
export function derivePlan(ir: Ir, search: IrSearch, params: ParamValues, score?: ComponentUse): DerivePlan {
  return {
    rules: search.derive.rules.map(({ by, target }) => ({
      by: judgingBy(ir, by, componentUseOf(evaluate(ir, by, params), 'derive'), score),
      ...optional('target', target),
    })),
    except: search.derive.except.flatMap((expression) => exceptions(evaluate(ir, expression, params))),
  }
}

function isOfWeights({ variables }: Training): boolean {
  return variables === 'weights'
}

/** @throws Failure NAS7660 */
function trainingOf(search: IrSearch): Training {
  const found = search.train.find(isOfWeights)
  if (found !== undefined) return found
  throw new Failure('clause-missing', {
    search: search.name,
    what: 'how its weights are trained',
    advice: 'Add `train weights { sgd(lr: 0.025, momentum: 0.9) }`.',
  })
}

function refuseBlocks(settings: Settings, clause: string, known: readonly string[] = ['retrain']): void {
  const unknown = Object.keys(settings.blocks).find((name) => !known.includes(name))
  if (unknown === undefined) return
  throw new Failure(
    'setting-without-meaning',
    { what: `block \`${unknown} { … }\``, clause, known: known.join(', ') },
    known.length === 0 ? { help: 'Take it out.' } : {},
  )
}

function nothingTrains({ name, scales }: IrSearch): Failure {
  const having = Object.keys(scales).filter((scale) => scales[scale]?.blocks['retrain'] !== undefined)
  const advice = 'Add `retrain { epochs 600 }` to it'
  return new Failure('setting-missing', {
    clause: `The search \`${name}\``,
    what: 'how a network is trained from scratch',
    advice: having.length === 0 ? `${advice}.` : `${advice}, or choose \`--scale ${having.join('` or `--scale ')}\`.`,
  })
}

function scaleHelp(search: IrSearch, setting: string): string {
  const scales = Object.keys(search.scales).filter((scale) => search.scales[scale]?.values[setting] !== undefined)
  const add = `dd \`${setting} N\` to the search`
  return scales.length === 0
    ? `A${add}.`
    : `Choose a scale that says it, \`--scale ${scales.join('` or `--scale ')}\`, or a${add}.`
}

/** Later ones win. */
function merged<T>(records: readonly Readonly<Record<string, T>>[]): Readonly<Record<string, T>> {
  return Object.fromEntries(records.flatMap((record) => Object.entries(record)))
}
