import { embeddingName } from '../../plan/objective.js'
import { buildFollowStep, teacherPrefix } from '../../plan/teacher.js'
import type { Step, VariableSpec } from '../../plan/step.js'
import type { FeedSource } from '../../training/feeds/feed.js'
import { runStep } from '../../training/steps.js'
import type { TrainingPosition } from '../../training/training-position.js'
import type { SampledPass } from '../components/samplers/sampler.js'
import type { Teacher } from '../components/teachers/teacher.js'
import { feedsOfPasses, trainedSpec } from './passes.js'
import type { UpdateContext } from './update.js'

/** What the teacher makes of the images, by the name of the pass whose network it is. */
export type Keys = Map<string, Float32Array>

/**
 * The passes of a step with the views that they see. Where there is a teacher, pass i sees view 2 i, and the teacher embeds
 * view 2 i + 1 through the network of the pass; it follows just before. The supernet stays as it is as long as a step goes on, so
 * all keys are there before the first pass that reads them.
 */
export function withKeys(
  context: UpdateContext,
  passes: readonly SampledPass[],
  at: TrainingPosition,
): readonly SampledPass[] {
  const { teacher, views } = context.session.search
  if (views === undefined) return passes
  const seeing = passes.map((pass, index) => ({ ...pass, view: (teacher === undefined ? 1 : 2) * index }))
  if (teacher === undefined) return seeing
  context.keys.clear()
  const networks = seeing.map((pass) => context.prepare(pass, trainedSpec(context, pass, seeing)).step)
  seeing.forEach((pass, index) => {
    follow(context, teacher, networks, index)
    context.keys.set(pass.name, embed(context, { ...pass, view: pass.view + 1, trains: false }, at))
  })
  return seeing
}

/** Takes the keys of a step into what objectives keep of them. */
export function keepKeys({ session, supernet, keys }: UpdateContext, at: TrainingPosition): void {
  const { read, write } = supernet.steps.variables
  for (const { after } of session.search.minimised.contrasts)
    for (const [name, values] of after({ at, read, keys: [...keys.values()] })) write(name, values)
}

/** Keys as inputs of passes, without gradient. */
export function feedsOfKeys(keys: Keys): FeedSource {
  return feedsOfPasses('key', keys, (pass) => new Error(`no teacher embedded the images of ${pass}`))
}

/** Moves the weights of the teacher. @param networks steps of all passes @param index of the pass that is embedded next */
function follow({ supernet }: UpdateContext, teacher: Teacher, networks: readonly Step[], index: number): void {
  const { emission, followsStep } = teacher
  const active = networks[index]?.variables ?? []
  const followed = followsStep ? [...unique(networks.flatMap(({ variables }) => variables))] : active
  const key = `teacher ${emission.key} ${followed.map(({ name }) => name).join()}`
  runStep(
    supernet.steps.prepareStep(key, () => buildFollowStep(followed, emission)),
    {},
  )
}

function unique(variables: readonly VariableSpec[]): Iterable<VariableSpec> {
  return new Map(variables.map((variable) => [variable.name, variable])).values()
}

function embed(context: UpdateContext, pass: SampledPass, at: TrainingPosition): Float32Array {
  const [contrast] = context.session.search.minimised.contrasts
  if (contrast === undefined) throw new Error('nothing reads what the teacher says')
  const { batch, mode, weights } = context.spec
  const { step, feeds } = context.prepare(pass, {
    ...{ batch, mode, pass: pass.name, prefix: teacherPrefix, embedding: contrast.embedding },
    ...(weights !== undefined && { weights }),
  })
  runStep(step, feeds.draw(at))
  return step.executable.read(embeddingName).slice()
}
