import type { Engine } from '../../backend/engine/engine.js'
import { plannedStep } from '../../plan/planned-step.js'
import type { Step } from '../../plan/step.js'
import type { UpdateSpec } from '../../plan/step-spec.js'
import { emitUpdates } from '../../plan/updates.js'
import { StepVariables } from '../../plan/variables.js'
import { ProgramBuilder } from '../../program/builder.js'
import { gradients } from '../../program/differentiate.js'
import { interpret } from '../../program/interpret.js'
import type { Program } from '../../program/program.js'
import type { Random } from '../../random/random.js'
import { bindFeeds, namedFeed } from '../../training/feeds/feed.js'
import { rateFeeds } from '../../training/feeds/rate-feeds.js'
import { openSteps, runStep, type StepCache } from '../../training/steps.js'
import type { TrainingPosition } from '../../training/training-position.js'
import { emitPrediction, fittedName, predictorPrefix } from '../components/predictors/fitted.js'
import { openPredictor } from '../components/predictors/index.js'
import type { Predictor } from '../components/predictors/predictor.js'
import type { PredictorPlan } from '../settings/plan.js'
import { openUpdatePlan } from '../step/open-update-plan.js'
import { mean } from '../../../support/statistics.js'
import { linearValue } from './least-squares.js'
import type { SampleSplit } from './samples.js'
import { trendOf } from './trend.js'

/** A predictor that is being fitted. */
export interface Fit {
  readonly epochs: number
  /** In an epoch. */
  readonly steps: number
  /** Measurements per step. */
  readonly batch: number
  /** One step. @returns the mean squared error, in units of the deviation of what the predictor is to learn */
  step(at: TrainingPosition): number
  /** Keeps the variables as they are if they tell the measurements that are kept for that better than ever before. */
  endOfEpoch(): void
  /** What a search reads: the variables that were kept, and what they are beside. */
  fitted(): ReadonlyMap<string, Float32Array>
  /** Everything, as a checkpoint holds it. */
  snapshot(): ReadonlyMap<string, Float32Array>
  dispose(): void
}

export interface FitRequest {
  readonly plan: PredictorPlan
  readonly split: SampleSplit
  readonly engine: Engine
  /** Of this fit alone. */
  readonly random: Random
  /** Variables from a checkpoint. */
  readonly stored?: ReadonlyMap<string, Float32Array> | undefined
}

/** Of what is fitted to: it trains nothing, and says which epoch is kept. */
const validatedShare = 0.2

/**
 * Opens the fit of a predictor: what adds up is found first ({@link trendOf}), then the predictor learns what is left, by the least
 * mean squared error. Architectures are shuffled anew in every epoch; those that fill no batch are left out of it. A fifth of them
 * trains nothing: the variables of the epoch are kept that tells these best, or those before the first one (early stopping).
 * Reconstructed for LA-DARTS: arXiv 2001.06392 was not read so far.
 */
export function openFit({ plan, split, engine, random, stored }: FitRequest): Fit {
  const { size } = split.encoding
  const predictor = openPredictor(plan.by, `predictor ${plan.name}`)
  const { update, learningRate } = openUpdatePlan(plan, 'weights', 'train predictor')
  const { targets, beside } = targetsOf(split, plan.name)
  const order = random.stream('validated').permutation(targets.length)
  const count = Math.max(1, Math.round(targets.length * validatedShare))
  const pick = (from: number, to: number): readonly Target[] =>
    [...order.slice(from, to)].flatMap((index) => targets[index] ?? [])
  const [validated, trained] = [pick(0, count), pick(count, targets.length)]
  const batch = Math.min(plan.settings.batch, trained.length)
  const steps = openSteps(engine, { random: random.stream('initial'), stored })
  const prepared = steps.prepareStep('fit', () => buildFitStep(plan.name, predictor, [batch, size], update))
  const judged = steps.prepareStep('validate', () => buildFitStep(plan.name, predictor, [validated.length, size]))
  const orders = random.stream('order')
  const drawn = (at: TrainingPosition): readonly Target[] => {
    const shuffled = orders.stream(String(at.epoch)).permutation(trained.length)
    return [...shuffled.slice(at.step * batch, (at.step + 1) * batch)].flatMap((index) => trained[index] ?? [])
  }
  const feeds = bindFeeds(prepared.inputs, [
    ...rateFeeds(learningRate),
    namedFeed('codes', (at) => codesOf(drawn(at), size)),
    namedFeed('targets', (at) => valuesOf(drawn(at))),
  ])
  const validation = { codes: codesOf(validated, size), targets: valuesOf(validated) }
  const kept = openKept(steps, plan.name, stored, () => {
    runStep(judged, validation)
    return judged.executable.read('loss')[0] ?? NaN
  })
  return {
    ...{ epochs: plan.settings.epochs, steps: Math.floor(trained.length / batch), batch },
    step(at) {
      runStep(prepared, feeds.draw(at))
      return prepared.executable.read('loss')[0] ?? NaN
    },
    endOfEpoch: () => kept.look(),
    fitted: () => new Map([...kept.variables(), ...beside]),
    snapshot: () => new Map([...steps.snapshot(), ...kept.snapshot()]),
    dispose() {
      steps.dispose()
    },
  }
}

interface Kept {
  /** Judges the variables as they are. */
  look(): void
  variables(): ReadonlyMap<string, Float32Array>
  /** As a checkpoint holds it. */
  snapshot(): ReadonlyMap<string, Float32Array>
}

const keptPrefix = 'kept/'
const keptLoss = 'kept#loss'

/** The variables of the epoch with the least loss so far, in the beginning those before the first. */
function openKept(
  steps: Pick<StepCache, 'snapshot'>,
  name: string,
  stored: ReadonlyMap<string, Float32Array> | undefined,
  judge: () => number,
): Kept {
  const isOfModel = (key: string): boolean => key.startsWith(predictorPrefix(name)) && !key.includes('#')
  let best = stored?.get(keptLoss)?.[0] ?? Infinity
  let variables = new Map(
    [...(stored ?? [])].flatMap(([key, values]) =>
      key.startsWith(keptPrefix) ? [[key.slice(keptPrefix.length), values]] : [],
    ),
  )
  const look = (): void => {
    // As a checkpoint holds it, so that a fit that is resumed compares the same numbers.
    const loss = Math.fround(judge())
    if (!(loss < best)) return
    best = loss
    variables = new Map([...steps.snapshot()].filter(([key]) => isOfModel(key)))
  }
  if (best === Infinity) look()
  return {
    look,
    variables: () => variables,
    snapshot: () =>
      new Map([
        ...[...variables].map(([key, values]) => [`${keptPrefix}${key}`, values] as const),
        [keptLoss, Float32Array.of(best)],
      ]),
  }
}

/** What a fitted predictor says of architectures by their codes, in the unit of the measurements, in double precision. */
export function openPredictions(
  { name, by }: Pick<PredictorPlan, 'name' | 'by'>,
  variables: ReadonlyMap<string, Float32Array>,
): (codes: readonly Float32Array[]) => readonly number[] {
  const predictor = openPredictor(by, `predictor ${name}`)
  /** By the number of architectures: as a rule that is the same every time. */
  const programs = new Map<number, Program>()
  const programOf = (rows: number, size: number): Program => {
    const known = programs.get(rows)
    if (known !== undefined) return known
    const builder = new ProgramBuilder()
    const input = builder.input('codes', [rows, size])
    const predicted = emitPrediction({ builder, variables: new StepVariables() }, { name, predictor }, input)
    const program = builder.build({ predicted })
    programs.set(rows, program)
    return program
  }
  return (codes) => {
    const [first] = codes
    if (first === undefined) return []
    const all = new Float32Array(codes.length * first.length)
    codes.forEach((code, row) => all.set(code, row * first.length))
    const { predicted } = interpret(programOf(codes.length, first.length), {
      ...{ inputs: { codes: all }, variables, precision: 'double' },
    })
    return [...(predicted ?? [])]
  }
}

/** @param update absent: the loss alone */
function buildFitStep(
  name: string,
  predictor: Predictor,
  shape: readonly [rows: number, size: number],
  update?: UpdateSpec,
): Step {
  const builder = new ProgramBuilder()
  const variables = new StepVariables()
  const [rows] = shape
  const predicted = predictor.emit(builder.input('codes', shape), {
    builder,
    declare: (spec) => variables.declare(builder, { ...spec, name: `${predictorPrefix(name)}${spec.name}` }),
  })
  const errors = builder.one('subtract', [predicted, builder.input('targets', [rows])])
  const share = builder.one('fill', [], { shape: [], value: 1 / rows })
  const loss = builder.one('scale', [builder.one('dot', [errors, errors]), share])
  if (update !== undefined) {
    const own = variables.all
    const found = gradients(
      builder,
      loss,
      own.map((variable) => builder.variable(variable.name, variable.shape)),
    )
    const trained = own.flatMap((variable, index) => {
      const gradient = found[index]
      return gradient === undefined ? [] : [{ variable, gradient }]
    })
    emitUpdates(builder, variables, trained, update)
  }
  return plannedStep(builder.build({ loss }), variables)
}

/** What the predictor is to say of an architecture. */
interface Target {
  /** [size] */
  readonly code: Float32Array
  /** In units of the deviation. */
  readonly value: number
}

/** What is left of the costs without what adds up, and the variables that say what a prediction stands beside. */
function targetsOf(
  split: Pick<SampleSplit, 'fitted' | 'macs'>,
  name: string,
): { readonly targets: readonly Target[]; readonly beside: ReadonlyMap<string, Float32Array> } {
  const samples = split.fitted
  const trend = trendOf(split)
  const rest = samples.map(({ code, value }) => value - linearValue(trend, code))
  // Where nothing is left, nothing is to be learned.
  const deviation = Math.sqrt(rest.reduce((sum, value) => sum + value ** 2, 0) / rest.length) || 1
  return {
    targets: samples.map(({ code }, index) => ({ code, value: (rest[index] ?? NaN) / deviation })),
    beside: new Map([
      [fittedName(name, 'mean'), Float32Array.of(mean(samples.map(({ value }) => value)))],
      [fittedName(name, 'trend'), Float32Array.from(trend.factors)],
      [fittedName(name, 'intercept'), Float32Array.of(linearValue(trend, new Float32Array(trend.factors.length)))],
      [fittedName(name, 'deviation'), Float32Array.of(deviation)],
    ]),
  }
}

function codesOf(targets: readonly Target[], size: number): Float32Array {
  const codes = new Float32Array(targets.length * size)
  targets.forEach(({ code }, row) => codes.set(code, row * size))
  return codes
}

function valuesOf(targets: readonly Target[]): Float32Array {
  return Float32Array.from(targets, ({ value }) => value)
}
