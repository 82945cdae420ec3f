import type { Network } from '../../../space/network/network.js'
import { trainingBatches, type BatchSource } from '../../data/batches.js'
import type { StepSpec, UpdateSpec } from '../../plan/step.js'
import { batchAt, batchFeeds } from '../../training/feeds/batch-feeds.js'
import { dropoutFeeds } from '../../training/feeds/dropout.js'
import { bindFeeds, type BoundFeeds, type FeedSource } from '../../training/feeds/feed.js'
import { rateFeeds } from '../../training/feeds/rate-feeds.js'
import type { PreparedStep } from '../../training/steps.js'
import { stepsDone, type TrainingPosition } from '../../training/training-position.js'
import type { SampledPass } from '../components/samplers/sampler.js'
import { feedsUnder, imagesUnder, isDueUnder, networkUnder, stepUnder } from '../components/settings/acts.js'
import type { SettledSettings } from '../components/settings/rows.js'
import { weightsPlan } from '../settings/judging.js'
import { settled } from './contests.js'
import { trainOn } from './feed.js'
import { openUpdatePlan, type UpdatePlan } from './open-update-plan.js'
import { optional } from '../settings/optional.js'
import { feedsOfKeys, keepKeys, withKeys, type Keys } from './keys.js'
import { logitsOfPasses, runPasses } from './passes.js'
import { secondOrderStep, type LookAhead } from './second-order.js'
import { imagesOf, type Session } from './session.js'
import { sharedNetwork } from './shared-network.js'
import type { Supernet } from './supernet.js'
import type { Tally } from './tally.js'

/** One `train` clause: a set of variables of the supernet and how it is trained. */
export interface VariableUpdate {
  readonly name: 'weights' | 'choices'
  /** Steps in one pass over its images. */
  readonly steps: number
  /** Images per step. */
  readonly images: number
  isDue(at: TrainingPosition): boolean
  learningRate(at: TrainingPosition): number
  /** One step: every pass that the sampler draws, then one update. */
  run(at: TrainingPosition): Tally
}

/** What the passes of an update have in common. */
export interface UpdateContext {
  readonly session: Session
  readonly supernet: Supernet
  readonly what: string
  readonly spec: StepSpec
  readonly update: UpdateSpec
  readonly images: number
  /** A step over the network of a pass, and its feeds. */
  prepare(pass: SampledPass, spec: StepSpec, feeds?: readonly FeedSource[]): PreparedPass
  /** Of the passes of the step that is under way, by name. */
  readonly logits: Map<string, Float32Array>
  /** What the teacher made of the images in the step that is under way. */
  readonly keys: Keys
  /** Whether what passes of a step minimise hangs on the others. */
  readonly knowsCompanions: boolean
  /** Feeds of the update itself. */
  readonly rates: readonly FeedSource[]
}

export interface PreparedPass {
  readonly step: PreparedStep
  readonly feeds: BoundFeeds
}

export function openUpdate(
  session: Session,
  supernet: Supernet,
  name: VariableUpdate['name'],
  train: UpdatePlan,
): VariableUpdate {
  const { search, random } = session
  const batches = batchesOf(session, name)
  const ofSampler = name === 'weights' ? search.sampler.learningRate : undefined
  const { update, learningRate: schedule } = openUpdatePlan(train, name, `train ${name}`, ofSampler)
  const rates = rateFeeds(schedule)
  const { minimised } = search
  const spec: StepSpec = {
    batch: batches.batch(0, 0).count,
    mode: 'train',
    objective: minimised.emission,
    weights: supernet.space.weights,
  }
  const logits = new Map<string, Float32Array>()
  const keys: Keys = new Map()
  const sources = [...rates, logitsOfPasses(logits), feedsOfKeys(keys)]
  const context: UpdateContext = {
    ...{ session, supernet, what: `train ${name}`, spec, update, images: spec.batch, rates, logits, keys },
    knowsCompanions: minimised.contrasts.length > 0,
    prepare: passPreparer(session, supernet, name, train.settings, sources),
  }
  const draws = random.stream('sample')
  const ahead = name === 'choices' ? lookAhead(session) : undefined
  return {
    name,
    steps: batches.steps,
    images: spec.batch,
    isDue: (at) => isDueUnder(train.settings, at),
    learningRate: (at) => schedule.at(at),
    run(at) {
      const ofStep = draws.stream(String(stepsDone(at)))
      const space = supernet.sampledAt(at)
      const passes = withTeachers(
        withKeys(context, settled(context, search.sampler.passes(space, at, ofStep), at), at),
        settled(
          context,
          minimised.teachers.flatMap((teacher) => teacher.passes(space, at, ofStep.stream('teacher'))),
          at,
        ),
      )
      const [only, ...others] = passes
      if (only !== undefined && ahead !== undefined) return secondOrderStep(context, ahead, only, at)
      if (minimised.contrasts.length > 0 || only === undefined || others.length > 0) {
        const seen = runPasses(context, passes, at)
        keepKeys(context, at)
        return seen
      }
      const { step, feeds } = context.prepare(only, { ...spec, pass: only.name, update })
      return trainOn(step, feeds, at, batchAt(batches, at).count, context.what)
    },
  }
}

/** How the weights of this session are trained, where its choices look ahead. */
function lookAhead(session: Session): LookAhead | undefined {
  const { sampler, plan } = session.search
  if (plan.choices?.settings.second_order !== true) return undefined
  const { update, learningRate } = openUpdatePlan(weightsPlan(plan), 'weights', 'train weights', sampler.learningRate)
  return {
    optimiser: update.optimiser,
    learningRate: (at) => learningRate.at(at),
    batches: batchesOf(session, 'weights'),
  }
}

/** @param view whose augmentations have streams of their own; absent: images are augmented as the search says of all */
function batchesOf({ search, data, random }: Session, name: VariableUpdate['name'], view?: number): BatchSource {
  const { plan, views } = search
  return trainingBatches({
    ...imagesOf(data, 'train'),
    indices: data.split[name] ?? [],
    size: plan.settings.batch,
    ...imagesUnder(plan.settings),
    ...(view !== undefined && views !== undefined && { augmentations: views.augmentations }),
    random: random.stream(`data/${name}`),
    ...optional('view', view),
  })
}

/** Steps are kept by the cache, their feeds as long as they are. */
function passPreparer(
  session: Session,
  { steps, space }: Supernet,
  variables: VariableUpdate['name'],
  settings: SettledSettings,
  sources: readonly FeedSource[],
): UpdateContext['prepare'] {
  const { plan } = session.search
  const noise = session.random.stream(`noise/${variables}`)
  const relaxed = space.feeds(noise)
  const known = new WeakMap<PreparedStep, BoundFeeds>()
  const views = Array.from({ length: session.search.views?.count ?? 1 }, (_, view) =>
    batchFeeds(batchesOf(session, variables, session.search.views && view)),
  )
  const stepOf = stepUnder(settings)
  const own = feedsUnder(settings, session.random)
  return (pass, spec, more = []) => {
    const { key, binding, costed, trains, name } = pass
    const network = (): Network =>
      networkUnder(plan.weights?.settings ?? {}, sharedNetwork(session.search, session.data, binding))
    const step = steps.prepare(key, network, { ...spec, ...(trains && stepOf(name)), ...(costed && { costed }) })
    // Networks of one step drop independently of each other.
    const masks = dropoutFeeds(step.drops, spec.pass === undefined ? noise : noise.stream(spec.pass))
    const feeds =
      known.get(step) ??
      bindFeeds(step.inputs, [...more, ...sources, ...own, ...views.slice(pass.view ?? 0), masks, ...relaxed])
    known.set(step, feeds)
    return { step, feeds }
  }
}

/** Passes that objectives read run before the others, without training anything where the step would not have them. */
function withTeachers(passes: readonly SampledPass[], teachers: readonly SampledPass[]): readonly SampledPass[] {
  const names = new Set(teachers.map(({ name }) => name))
  const own = passes.filter(({ name }) => names.has(name))
  const missing = new Map(teachers.map((teacher) => [teacher.name, { ...teacher, trains: false }]))
  for (const { name } of own) missing.delete(name)
  return [...missing.values(), ...own, ...passes.filter(({ name }) => !names.has(name))]
}
