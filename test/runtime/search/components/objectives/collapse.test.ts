import { expect, it } from 'vitest'
import { ProgramBuilder } from '../../../../../src/runtime/program/builder.js'
import { gradients } from '../../../../../src/runtime/program/differentiate.js'
import { interpret } from '../../../../../src/runtime/program/interpret.js'
import { StepVariables } from '../../../../../src/runtime/plan/variables.js'
import { createRandom } from '../../../../../src/runtime/random/random.js'
import { openObjective } from '../../../../../src/runtime/search/components/objectives/index.js'
import { initialValues } from '../../../../../src/runtime/training/initialise.js'

const [batch, features, dim, queue, temperature] = [16, 12, 8, 64, 0.2]
const kept = 0.9

/** A step over random features: the embedding, and the slopes of a loss by what makes it. */
function openLoss(loss: 'contrast' | 'positives alone') {
  const arguments_ = { positives: 'same_path', queue, dim, temperature }
  const objective = openObjective({ component: 'contrastive', arguments: arguments_ }, 'minimise')
  const [builder, variables] = [new ProgramBuilder(), new StepVariables()]
  const none = (): never => {
    throw new Error('it reads no such thing')
  }
  const input = builder.input('features', [batch, features])
  const key = builder.input('key', [batch, dim])
  const pass = {
    ...{ builder, variables, pass: 'path', companions: ['path'], batch, labels: 0, logits: 0 },
    ...{ mixture: undefined, reads: none, features: () => input, readsKey: () => key },
    get network() {
      return none()
    },
    get costed() {
      return none()
    },
  }
  const { value: contrast } = objective.emission.emit(pass)
  const embedding = objective.contrast?.embedding.emit(pass)
  if (embedding === undefined) throw new Error('it embeds')
  // Minus the sum of the products of all pairs, over the temperature and the images.
  const flat = (value: number): number => builder.one('reshape', [value], { shape: [batch * dim] })
  const agreement = builder.one('dot', [flat(embedding), flat(key)])
  const attraction = builder.one('scale', [
    agreement,
    builder.one('fill', [], { shape: [], value: -1 / (temperature * batch) }),
  ])
  const weights = variables.all.filter(({ role }) => role !== 'given')
  const slopes = gradients(
    builder,
    loss === 'contrast' ? contrast : attraction,
    weights.map(({ name, shape }) => builder.variable(name, shape)),
  )
  const named = weights.flatMap(({ name }, i) => (slopes[i] === undefined ? [] : [[name, slopes[i]] as const]))
  return { program: builder.build({ embedding, ...Object.fromEntries(named) }), weights, all: variables.all }
}

/** Mean over dimensions of the standard deviation of normalised embeddings, after training. */
function spreadAfter(loss: 'contrast' | 'positives alone', steps: number): number {
  const { program, weights, all } = openLoss(loss)
  const random = createRandom(7)
  const student = new Map(all.map((each) => [each.name, Float64Array.from(initialValues(each, random, 1))]))
  const teacher = new Map([...student].map(([name, values]) => [name, values.slice()]))
  const images = Array.from({ length: 8 }, () => Float64Array.from({ length: batch * features }, () => random.normal()))
  const noKey = new Float64Array(batch * dim)
  const view = (step: number): Float64Array => images[step % images.length]!.map((x) => x + 0.5 * random.normal())
  const embed = (x: Float64Array, variables: ReadonlyMap<string, Float64Array>): ArrayLike<number> =>
    interpret(program, { inputs: { features: x, key: noKey }, variables, precision: 'double' })['embedding'] ?? []
  for (let step = 0; step < steps; step++) {
    for (const { name } of weights) {
      const own = teacher.get(name)
      student.get(name)?.forEach((value, i) => own && (own[i] = kept * own[i]! + (1 - kept) * value))
    }
    const key = Float64Array.from(embed(view(step), teacher))
    const found = interpret(program, { inputs: { features: view(step), key }, variables: student, precision: 'double' })
    for (const { name } of weights) {
      const values = student.get(name)
      const slope = found[name]
      values?.forEach((value, i) => (values[i] = value - 0.2 * (slope?.[i] ?? NaN)))
    }
    const earlier = student.get('queue/keys')
    key.forEach((value, place) => earlier && (earlier[(step * batch * dim + place) % earlier.length] = value))
  }
  const rows = images.flatMap((x) => {
    const found = embed(x, student)
    return Array.from({ length: batch }, (_, row) => Array.from({ length: dim }, (_, i) => found[row * dim + i] ?? NaN))
  })
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  return mean(
    Array.from({ length: dim }, (_, i) => {
      const own = rows.map((row) => row[i] ?? NaN)
      return Math.sqrt(mean(own.map((value) => (value - mean(own)) ** 2)))
    }),
  )
}

it('negatives keep embeddings apart: with positives alone they fall together, under a mean teacher as well', () => {
  const apart = 1 / Math.sqrt(dim)
  expect(spreadAfter('contrast', 0)).toBeGreaterThan(0.3 * apart)
  expect(spreadAfter('contrast', 200)).toBeGreaterThan(0.8 * apart)
  expect(spreadAfter('positives alone', 400)).toBeLessThan(0.1 * apart)
})
