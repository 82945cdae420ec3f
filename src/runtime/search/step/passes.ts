import { Failure } from '../../../catalogue/failure.js'
import { gradientVariable } from '../../plan/accumulation.js'
import { buildUpdateStep } from '../../plan/update-step.js'
import type { StepSpec, VariableSpec } from '../../plan/step.js'
import { bindFeeds, type FeedSource } from '../../training/feeds/feed.js'
import { runStep, type PreparedStep } from '../../training/steps.js'
import type { TrainingPosition } from '../../training/training-position.js'
import type { SampledPass } from '../components/samplers/sampler.js'
import { trainOn } from './feed.js'
import { addTallies, type Tallies, type Tally } from './tally.js'
import type { UpdateContext } from './update.js'

/**
 * A step of several passes: each adds its gradients to variables, then one update clips what was summed and applies it. A
 * network is planned by itself, so the peak is that of the largest pass and one gradient per weight.
 */
export function runPasses(context: UpdateContext, passes: readonly SampledPass[], at: TrainingPosition): Tally {
  const { what, images, logits } = context
  const variables = new Map<string, VariableSpec>()
  logits.clear()
  let sum: Tallies = {}
  for (const pass of passes) {
    const { step, feeds } = context.prepare(pass, trainedSpec(context, pass, passes))
    const seen = trainOn(step, feeds, at, images, what)
    logits.set(pass.name, step.executable.read('logits'))
    if (!pass.trains) continue
    sum = addTallies(sum, { trained: seen })
    for (const variable of step.variables) variables.set(variable.name, variable)
  }
  runUpdate(context, prepareUpdate(context, [...variables.values()]), at)
  return sum['trained'] ?? { loss: 0, hits: 0, images: 0, figures: {} }
}

/** How a pass of several is planned. */
export function trainedSpec(
  { spec, update, knowsCompanions }: Pick<UpdateContext, 'spec' | 'update' | 'knowsCompanions'>,
  pass: SampledPass,
  passes: readonly SampledPass[],
): StepSpec {
  return {
    ...spec,
    pass: pass.name,
    ...(knowsCompanions && { companions: passes.map(({ name }) => name) }),
    ...(pass.trains && { accumulate: update.variables }),
  }
}

/** What later passes of a step read of earlier ones, without gradient. */
export function logitsOfPasses(logits: ReadonlyMap<string, Float32Array>): FeedSource {
  return feedsOfPasses('logits', logits, (pass) => new Failure('pass-not-run', { pass }))
}

/**
 * Inputs `pass/<pass>/<what>`: what a pass of the step has said, by its name.
 *
 * @param missing why there is nothing of a pass
 */
export function feedsOfPasses(
  what: string,
  said: ReadonlyMap<string, Float32Array>,
  missing: (pass: string) => Error,
): FeedSource {
  return ({ name }) => {
    const [begin, end] = ['pass/', `/${what}`]
    if (!name.startsWith(begin) || !name.endsWith(end)) return undefined
    const pass = name.slice(begin.length, -end.length)
    return {
      draw() {
        const found = said.get(pass)
        if (found === undefined) throw missing(pass)
        return found
      },
    }
  }
}

/** Applies gradients that were worked out outside of a program. @param variables of the passes that they come from */
export function applyGradients(
  context: UpdateContext,
  gradients: ReadonlyMap<string, Float32Array>,
  variables: readonly VariableSpec[],
  at: TrainingPosition,
): void {
  const step = prepareUpdate(context, [
    ...variables,
    ...variables.filter(({ name }) => gradients.has(name)).map(gradientVariable),
  ])
  const { variables: store } = context.session.engine
  for (const variable of variables) {
    const gradient = gradients.get(variable.name)
    if (gradient !== undefined) store.write(gradientVariable(variable).name, gradient)
  }
  runUpdate(context, step, at)
}

function prepareUpdate({ supernet, update }: UpdateContext, variables: readonly VariableSpec[]): PreparedStep {
  const key = `update ${JSON.stringify(update)} ${variables.map(({ name }) => name).join()}`
  return supernet.steps.prepareStep(key, () => buildUpdateStep(variables, update))
}

function runUpdate({ rates }: UpdateContext, step: PreparedStep, at: TrainingPosition): void {
  runStep(step, bindFeeds(step.inputs, rates).draw(at))
}
