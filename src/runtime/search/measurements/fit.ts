import type { Engine } from '../../backend/engine/engine.js'
import { inputsOf, type Step } from '../../plan/step.js'
import type { UpdateSpec } from '../../plan/step-spec.js'
import { emitUpdates } from '../../plan/updates.js'
import { StepVariables } from '../../plan/variables.js'
import { ProgramBuilder } from '../../program/builder.js'
import { gradients } from '../../program/differentiate.js'
import { interpret } from '../../program/interpret.js'
import type { Random } from '../../random/random.js'
import { bindFeeds, namedFeed } from '../../training/feeds/feed.js'
import { rateFeeds } from '../../training/feeds/rate-feeds.js'
import { openSteps, runStep } from '../../training/steps.js'
import type { TrainingPosition } from '../../training/training-position.js'
import { openOptimiser } from '../components/optimisers/index.js'
import { emitPrediction, predictorPrefix, standardName } from '../components/predictors/fitted.js'
import { openPredictor } from '../components/predictors/index.js'
import type { Predictor } from '../components/predictors/predictor.js'
import type { PredictorPlan } from '../settings/plan.js'
import type { Sample, SampleSplit } from './samples.js'

/** A predictor that is being fitted. */
export interface Fit {
  readonly epochs: number
  /** In an epoch. */
  readonly steps: number
  /** Measurements per step. */
  readonly batch: number
  /** One step. @returns the mean squared error, of costs in units of their deviation */
  step(at: TrainingPosition): number
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

/**
 * Opens the fit of a predictor by the least mean squared error of standardised costs. Architectures are shuffled anew in every
 * epoch; those that fill no batch are left out of it (reconstructed for LA-DARTS: arXiv 2001.06392 was not read so far).
 */
export function openFit({ plan, split, engine, random, stored }: FitRequest): Fit {
  const { fitted, encoding } = split
  const predictor = openPredictor(plan.by, `predictor ${plan.name}`)
  const { emission, learningRate } = openOptimiser(plan.optimiser, 'train predictor')
  const batch = Math.min(plan.batch, fitted.length)
  const standard = standardOf(fitted)
  const steps = openSteps(engine, { random: random.stream('initial'), stored })
  const prepared = steps.prepareStep('fit', () =>
    buildFitStep(plan.name, predictor, { variables: 'weights', optimiser: emission }, [batch, encoding.size]),
  )
  const orders = random.stream('order')
  const drawn = (at: TrainingPosition): readonly Sample[] => {
    const order = orders.stream(String(at.epoch)).permutation(fitted.length)
    return [...order.slice(at.step * batch, (at.step + 1) * batch)].flatMap((index) => fitted[index] ?? [])
  }
  const feeds = bindFeeds(prepared.inputs, [
    ...rateFeeds(learningRate),
    namedFeed('codes', (at) => codesOf(drawn(at), encoding.size)),
    namedFeed('targets', (at) =>
      Float32Array.from(drawn(at), ({ value }) => (value - standard.mean) / standard.deviation),
    ),
  ])
  return {
    ...{ epochs: plan.epochs, steps: Math.floor(fitted.length / batch), batch },
    step(at) {
      runStep(prepared, feeds.draw(at))
      return prepared.executable.read('loss')[0] ?? NaN
    },
    snapshot: () =>
      new Map([
        ...steps.snapshot(),
        [standardName(plan.name, 'mean'), Float32Array.of(standard.mean)],
        [standardName(plan.name, 'deviation'), Float32Array.of(standard.deviation)],
      ]),
    dispose() {
      steps.dispose()
    },
  }
}

/** What a search reads of a fit: its variables without those of the optimiser. */
export function fittedVariables(
  snapshot: ReadonlyMap<string, Float32Array>,
  name: string,
): ReadonlyMap<string, Float32Array> {
  return new Map([...snapshot].filter(([key]) => key.startsWith(predictorPrefix(name)) && !key.includes('#')))
}

/** What a fitted predictor says of architectures, in the unit of the measurements, in double precision. */
export function predictionsOf(
  { name, by }: Pick<PredictorPlan, 'name' | 'by'>,
  variables: ReadonlyMap<string, Float32Array>,
  codes: readonly Float32Array[],
): readonly number[] {
  const [first] = codes
  if (first === undefined) return []
  const builder = new ProgramBuilder()
  const input = builder.input('codes', [codes.length, first.length])
  const predictor = openPredictor(by, `predictor ${name}`)
  const value = emitPrediction({ builder, variables: new StepVariables() }, { name, predictor }, input)
  const all = new Float32Array(codes.length * first.length)
  codes.forEach((code, row) => all.set(code, row * first.length))
  const { predicted } = interpret(builder.build({ predicted: value }), {
    ...{ inputs: { codes: all }, variables, precision: 'double' },
  })
  return [...(predicted ?? [])]
}

function buildFitStep(
  name: string,
  predictor: Predictor,
  update: UpdateSpec,
  shape: readonly [rows: number, size: number],
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
  const program = builder.build({ loss })
  return {
    program,
    variables: variables.usedBy(program),
    inputs: inputsOf(program),
    ...{ figures: [], dropPathMasks: [], drops: [] },
  }
}

function codesOf(samples: readonly Sample[], size: number): Float32Array {
  const codes = new Float32Array(samples.length * size)
  samples.forEach(({ code }, row) => codes.set(code, row * size))
  return codes
}

function standardOf(samples: readonly Sample[]): { readonly mean: number; readonly deviation: number } {
  const mean = samples.reduce((sum, { value }) => sum + value, 0) / samples.length
  const variance = samples.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / samples.length
  // Equal costs are predicted by their mean alone.
  return { mean, deviation: Math.sqrt(variance) || 1 }
}
