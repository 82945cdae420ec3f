import { emitGroup, groupsOf } from '../../plan/mixture.js'
import { inputsOf } from '../../plan/planned-step.js'
import type { VariableSpec } from '../../plan/step.js'
import { StepVariables } from '../../plan/variables.js'
import { createRandom } from '../../random/random.js'
import { ProgramBuilder } from '../../program/builder.js'
import { interpret } from '../../program/interpret.js'
import type { Figures } from '../../run/events.js'
import { bindFeeds } from '../../training/feeds/feed.js'
import { readStored, type StepCache } from '../../training/steps.js'
import type { TrainingPosition } from '../../training/training-position.js'
import type { Evidence, WeightedSets } from '../components/derivations/derivation.js'
import type { RelaxedSpace } from './relax-space.js'

/** What the relaxations of a space came to think of the options, from the logits as they stand. */
export interface RecordedEvidence extends Required<Evidence> {
  /** What they record of a decision beside its weights, `<name>.<decision>`. */
  readonly figures: Figures
}

export interface EvidenceReader {
  /** What is read. */
  readonly variables: readonly VariableSpec[]
  /** @param at where the training stands, for temperatures that anneal */
  readonly read: (values: (variable: string) => Float32Array, at: TrainingPosition) => RecordedEvidence
}

/** The weights that training mixes with, without noise: the emissions of the relaxations, interpreted in double precision. */
export function openEvidence(space: RelaxedSpace): EvidenceReader {
  const builder = new ProgramBuilder()
  const variables = new StepVariables()
  const groups = groupsOf(
    space.trained.map(({ decision: { path, options }, emission }) => ({ path, options: options.length, emission })),
  ).map((decisions) => ({ decisions, emitted: emitGroup(builder, variables, decisions) }))
  const outputs = groups.flatMap(({ emitted: { weights, figures, sets } }, index) => [
    [String(index), weights] as const,
    ...[...figures].map(([name, values]) => [`${String(index)} ${name}`, values] as const),
    ...[...sets].map(([path, { chances }]) => [`sets ${path}`, chances()] as const),
  ])
  const program = builder.build(Object.fromEntries(outputs))
  // Feeds without noise draw nothing.
  const feeds = bindFeeds(inputsOf(program), space.feeds(createRandom(0)))
  return {
    variables: variables.all,
    read(values, at) {
      const found = interpret(program, {
        inputs: feeds.still(at),
        variables: new Map(variables.all.map(({ name }) => [name, values(name)])),
        precision: 'double',
      })
      const rows = new Map<string, readonly number[]>()
      const figures: Record<string, number> = {}
      const sets: Record<string, WeightedSets> = {}
      groups.forEach(({ decisions, emitted }, index) => {
        const all = found[String(index)] ?? new Float64Array()
        decisions.forEach(({ path, options }, row) => {
          rows.set(path, Array.from(all.subarray(row * options, (row + 1) * options)))
          for (const name of emitted.figures.keys())
            figures[`${name}.${path}`] = found[`${String(index)} ${name}`]?.[row] ?? NaN
          const own = emitted.sets.get(path)
          if (own !== undefined) sets[path] = { of: own.of, chances: Array.from(found[`sets ${path}`] ?? []) }
        })
      })
      const inOrder = space.trained.map(({ decision: { path } }) => [path, rows.get(path) ?? []] as const)
      return { weights: Object.fromEntries(inOrder), sets, figures }
    },
  }
}

/** The evidence of variables that steps train; those that no step has named yet are made. */
export function evidenceOf(
  { variables, read }: EvidenceReader,
  steps: StepCache,
  at: TrainingPosition,
): RecordedEvidence {
  steps.create(variables)
  return read((name) => readStored(steps.variables, name), at)
}

/**
 * Mean entropy in nats by kind of decision, as events tell it: the natural logarithm of the number of options, or of sets of them,
 * where nothing is known.
 */
export function entropyByKind(space: RelaxedSpace, { weights, sets = {} }: Evidence): Figures {
  const sums = new Map<string, { entropy: number; count: number }>()
  for (const { decision } of space.trained) {
    const sum = sums.get(decision.kind) ?? { entropy: 0, count: 0 }
    const chances = sets[decision.path]?.chances ?? weights[decision.path] ?? []
    for (const p of chances) sum.entropy -= p > 0 ? p * Math.log(p) : 0
    sum.count++
    sums.set(decision.kind, sum)
  }
  return Object.fromEntries([...sums].map(([what, { entropy, count }]) => [`entropy.${what}`, entropy / count]))
}
