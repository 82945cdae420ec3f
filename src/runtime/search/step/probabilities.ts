import type { VariableStore } from '../../backend/engine/engine.js'
import { emitGroup, groupsOf } from '../../plan/mixture.js'
import { StepVariables } from '../../plan/variables.js'
import { createRandom } from '../../random/random.js'
import { ProgramBuilder } from '../../program/builder.js'
import { interpret } from '../../program/interpret.js'
import type { Figures } from '../../run/events.js'
import { inputsOf } from '../../plan/step.js'
import { bindFeeds } from '../../training/feeds/feed.js'
import type { TrainingPosition } from '../../training/training-position.js'
import type { RelaxedSpace } from './relaxed.js'

/** Decision path -> weight of every option, from the logits as they stand. */
export type Probabilities = Readonly<Record<string, readonly number[]>>

/**
 * The weights that training mixes with, without noise: the emissions of the relaxations, interpreted in double precision.
 * @param at where the training stands, for temperatures that anneal
 */
export function readProbabilities(
  space: RelaxedSpace,
  store: Pick<VariableStore, 'read'>,
  at: TrainingPosition,
): Probabilities {
  const builder = new ProgramBuilder()
  const variables = new StepVariables()
  const groups = groupsOf(
    space.trained.map(({ decision: { path, options }, emission }) => ({ path, options: options.length, emission })),
  )
  const outputs = groups.map((group, index) => [String(index), emitGroup(builder, variables, group)] as const)
  const program = builder.build(Object.fromEntries(outputs))
  // Feeds without noise draw nothing.
  const feeds = bindFeeds(inputsOf(program), space.feeds(createRandom(0)))
  const values = interpret(program, {
    inputs: feeds.still(at),
    variables: new Map(variables.all.map(({ name }) => [name, store.read(name)])),
    precision: 'double',
  })
  const weights = groups.flatMap((group, index) =>
    group.map(({ path, options }, row) => {
      const all = values[String(index)] ?? new Float64Array()
      return [path, Array.from(all.subarray(row * options, (row + 1) * options))] as const
    }),
  )
  return Object.fromEntries(inOrder(space, new Map(weights)))
}

function inOrder({ trained }: RelaxedSpace, weights: ReadonlyMap<string, readonly number[]>) {
  return trained.map(({ decision: { path } }) => [path, weights.get(path) ?? []] as const)
}

/** Mean entropy in nats by kind of decision, as events tell it: the natural logarithm of the number of options where nothing is known. */
export function entropyByKind(space: RelaxedSpace, probabilities: Probabilities): Figures {
  const sums = new Map<string, { entropy: number; count: number }>()
  for (const { decision } of space.trained) {
    const sum = sums.get(decision.kind) ?? { entropy: 0, count: 0 }
    for (const p of probabilities[decision.path] ?? []) sum.entropy -= p > 0 ? p * Math.log(p) : 0
    sum.count++
    sums.set(decision.kind, sum)
  }
  return Object.fromEntries([...sums].map(([what, { entropy, count }]) => [`entropy.${what}`, entropy / count]))
}
