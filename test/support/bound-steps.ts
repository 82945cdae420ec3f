import { expect } from 'vitest'
import type { Network, Shape } from '../../src/space/index.js'
import type { Numbers } from '../../src/runtime/operations/support/definition.js'
import { buildStep, type StepOptions, type StepSpec } from '../../src/runtime/plan/step.js'
import { interpret } from '../../src/runtime/program/interpret.js'
import { numbersFrom, randomArray, relativeDifference } from './numbers.js'
import type { Store } from './step-runner.js'

export interface Outcome {
  readonly loss: number
  readonly logits: Numbers
  /** By variable. */
  readonly gradients: ReadonlyMap<string, Numbers>
}

const batch = 4

/** One pass forward and backward, gradients of all weights and choices. What the store lacks is drawn at random. */
export function evaluate(
  network: Network,
  store: Store,
  spec: Partial<StepSpec> = {},
  given: Readonly<Record<string, Numbers>> = {},
  options: StepOptions = {},
): Outcome {
  const step = buildStep(network, { batch, mode: 'train', gradients: 'all', ...spec }, options)
  for (const { name, shape, init } of step.variables) {
    if (store.has(name)) continue
    const data = randomArray(shape, numbersFrom(seedOf(name)))
    const factor = init === 'choice' ? 1 : 2 / Math.sqrt(Math.max(1, data.length / (shape.at(-1) ?? 1)))
    store.set(
      name,
      data.map((each) => (init === 'ones' ? 1 + each / 4 : each * factor)),
    )
  }
  // Moving averages write into the store.
  const variables = new Map([...store].map(([name, data]) => [name, data.slice()]))
  const inputs = Object.fromEntries(
    step.inputs.map(({ name, shape, dtype }): [string, Numbers] => {
      const data = randomArray(shape, numbersFrom(seedOf(name)))
      return [
        name,
        dtype === 'int32' ? Int32Array.from(data, (each) => Math.floor(((each + 1) / 2) * network.classes)) : data,
      ]
    }),
  )
  const outputs = interpret(step.program, { inputs: { ...inputs, ...given }, variables, precision: 'double' })
  const gradients = Object.entries(outputs).flatMap(([name, data]): [string, Numbers][] =>
    name.startsWith('gradient/') ? [[name.slice('gradient/'.length), data]] : [],
  )
  const loss = outputs['loss']?.[0] ?? NaN
  const logits = outputs['logits'] ?? new Float64Array()
  // All dead networks are equal: to compare one would prove nothing.
  if (isZero(logits) || gradients.every(([, data]) => isZero(data)))
    throw new Error('nothing flows through the network')
  return { loss, logits, gradients: new Map(gradients) }
}

function isZero(data: Numbers): boolean {
  return Array.from(data).every((each) => each === 0)
}

/** Demands that both have the same logits and, for all that the second has, the same gradients. */
export function expectSameOutcome(found: Outcome, expected: Outcome, tolerance: number): void {
  expect(relativeDifference(found.logits, expected.logits)).toBeLessThan(tolerance)
  expectSameGradients(found.gradients, expected.gradients, 10 * tolerance)
}

/** Demands the same gradients for all variables that the second has. */
export function expectSameGradients(
  found: ReadonlyMap<string, Numbers>,
  expected: ReadonlyMap<string, Numbers>,
  tolerance: number,
): void {
  expect(expected.size).toBeGreaterThan(0)
  for (const [name, gradient] of expected) {
    expect(relativeDifference(found.get(name) ?? [], gradient), name).toBeLessThan(tolerance)
  }
}

function seedOf(name: string): number {
  let hash = 7
  for (let i = 0; i < name.length; i++) hash = (hash * 31 + name.charCodeAt(i)) % 1_000_003
  return hash
}

/** Logits whose softmax is 1 at one entry and 0 elsewhere, to the last digit. */
export function oneHot(count: number, taken: number): Float64Array {
  return Float64Array.from({ length: count }, (_, option) => (option === taken ? 0 : -1000))
}

/** A batch of images. */
export function imagesOf({ height, width, channels }: Shape): Float64Array {
  return randomArray([batch, height, width, channels], numbersFrom(5))
}

/** The weights of the supernet that a sub-network uses: of windows the centre, of channels the first. */
export function extracted(supernet: Network, store: Store): Store {
  const found: Store = new Map()
  for (const node of supernet.nodes) {
    if (node.kind !== 'layer') continue
    for (const { path, shape, stored = shape } of node.weights) {
      const whole = store.get(path) ?? new Float64Array()
      const begin = shape.map((size, axis) => (axis < 2 && shape.length > 2 ? ((stored[axis] ?? size) - size) / 2 : 0))
      const part = new Float64Array(shape.reduce((product, size) => product * size, 1))
      part.forEach((_, i) => {
        let [rest, offset, stride] = [i, 0, 1]
        for (let axis = shape.length - 1; axis >= 0; axis--) {
          const size = shape[axis] ?? 1
          offset += ((begin[axis] ?? 0) + (rest % size)) * stride
          rest = Math.floor(rest / size)
          stride *= stored[axis] ?? 1
        }
        part[i] = whole[offset] ?? NaN
      })
      found.set(path, part)
    }
  }
  return found
}
