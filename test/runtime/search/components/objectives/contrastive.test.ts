import { describe, expect, it } from 'vitest'
import { ProgramBuilder } from '../../../../../src/runtime/program/builder.js'
import { interpret } from '../../../../../src/runtime/program/interpret.js'
import { StepVariables } from '../../../../../src/runtime/plan/variables.js'
import { createRandom } from '../../../../../src/runtime/random/random.js'
import { openObjective } from '../../../../../src/runtime/search/components/objectives/index.js'
import { initialValues } from '../../../../../src/runtime/training/initialise.js'

const features = 24

interface Setting {
  readonly batch: number
  readonly queue: number
  readonly dim: number
  readonly temperature: number
  readonly positives?: string
}

/** The loss at `path[1]` of random features, and the embeddings that it compares, computed by the program itself. */
function lossOf({ batch, queue, dim, temperature, positives = 'across_paths' }: Setting, seed: number) {
  const objective = openObjective(
    { component: 'contrastive', arguments: { positives, queue, dim, temperature } },
    'minimise',
  )
  const builder = new ProgramBuilder()
  const variables = new StepVariables()
  const none = (): never => {
    throw new Error('it reads no such thing')
  }
  const input = builder.input('features', [batch, features])
  const pass = {
    ...{ builder, variables, pass: 'path[1]', companions: ['path[1]', 'path[2]'], batch, labels: 0, logits: 0 },
    ...{ mixture: undefined, reads: none, features: () => input },
    readsKey: (name: string, size: number) => builder.input(`key of ${name}`, [batch, size]),
    get network() {
      return none()
    },
    get costed() {
      return none()
    },
  }
  const { value } = objective.emission.emit(pass)
  const embedding = objective.contrast?.embedding.emit(pass)
  if (embedding === undefined) throw new Error('it embeds')
  const random = createRandom(seed)
  const normal = (size: number) => Float64Array.from({ length: size }, () => random.normal())
  const store = new Map(
    variables.all.map((each) => {
      const values = Float64Array.from(initialValues(each, random, 1))
      return [each.name, each.role === 'bias' ? normal(values.length) : values]
    }),
  )
  const unit = { name: 'key', shape: [batch, dim], init: 'unit_rows', role: 'given' } as const
  const key = Float64Array.from(initialValues(unit, random.stream('key'), 1))
  const program = builder.build({ value, embedding })
  const keys = program.values.flatMap(({ kind, name = '' }) =>
    kind === 'input' && name.startsWith('key') ? [name] : [],
  )
  const found = interpret(program, {
    inputs: { features: normal(batch * features), ...Object.fromEntries(keys.map((name) => [name, key])) },
    variables: store,
    precision: 'double',
  })
  return {
    loss: found['value']?.[0] ?? NaN,
    queries: found['embedding'] ?? [],
    key,
    keys,
    earlier: store.get('queue/keys') ?? [],
  }
}

const rowOf = (values: ArrayLike<number>, row: number, dim: number): readonly number[] =>
  Array.from({ length: dim }, (_, i) => values[row * dim + i] ?? NaN)
const product = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, i) => sum + x * (b[i] ?? NaN), 0)

describe('contrastive', () => {
  it.each([1, 7, 30])('is what its formula says, with %i keys in the queue', (queue) => {
    const setting = { batch: 6, queue, dim: 5, temperature: 0.2 }
    const { loss, queries, key, earlier } = lossOf(setting, queue)
    const each = Array.from({ length: 6 }, (_, image) => {
      const query = rowOf(queries, image, 5)
      expect(Math.hypot(...query)).toBeCloseTo(1, 10)
      const positive = Math.exp(product(query, rowOf(key, image, 5)) / 0.2)
      const negative = Array.from({ length: queue }, (_, row) => Math.exp(product(query, rowOf(earlier, row, 5)) / 0.2))
      return -Math.log(positive / (positive + negative.reduce((sum, value) => sum + value, 0)))
    })
    expect(loss).toBeCloseTo(each.reduce((sum, value) => sum + value, 0) / 6, 9)
  })

  it.each([
    ['across_paths', 'key of path[2]'],
    ['same_path', 'key of path[1]'],
  ])('reads the key of the right path: %s', (positives, name) => {
    expect(lossOf({ batch: 2, queue: 3, dim: 4, temperature: 1, positives }, 1).keys).toEqual([name])
  })

  it.each([64, 512])('is about ln(K + 1) + 1 / (2 d T^2) at random vectors, K = %i', (queue) => {
    const [dim, temperature] = [32, 0.5]
    const losses = Array.from({ length: 8 }, (_, seed) => lossOf({ batch: 32, queue, dim, temperature }, seed).loss)
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length
    // Of 256 positive products with the variance 1 / (d T^2) = 0.125, five standard errors are 0.11.
    expect(Math.abs(mean - (Math.log(queue + 1) + 1 / (2 * dim * temperature ** 2)))).toBeLessThan(0.12)
  })
})
