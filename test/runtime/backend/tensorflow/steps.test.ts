import { expect, it } from 'vitest'
import { buildNetwork, relaxedBinding, resolveParams } from '../../../../src/space/index.js'
import { openCpuEngine } from '../../../../src/runtime/backend/cpu/engine.js'
import type { Engine } from '../../../../src/runtime/backend/engine/engine.js'
import { buildStep, type Step } from '../../../../src/runtime/plan/step.js'
import { dartsIr } from '../../../support/darts-ir.js'
import { numbersFrom } from '../../../support/numbers.js'
import { batchOf, openVariables } from '../../../support/step-runner.js'
import { describeKernels } from '../../../support/tensorflow.js'
import { sgdEmission } from '../../../../src/runtime/search/components/optimisers/sgd.js'

const params = resolveParams(dartsIr, { cells: 3, width: 2 })
const input = { height: 7, width: 6, channels: 3 }
const supernet = buildNetwork(dartsIr, 'darts', { params, input, binding: relaxedBinding, mode: 'shared' })
const sgd = sgdEmission({ momentum: 0.9, decay: 3e-4, nesterov: false })
const train = { batch: 4, mode: 'train', gradients: 'all' } as const
/** Single precision turns a near tie of a maximum the other way now and then: errors are Euclidean norms. */
const norm = (numbers: ArrayLike<number>): number => Math.hypot(...Array.from(numbers))

/** Outputs of a step and the variables after it, by name. */
function run(engine: Engine, step: Step): Record<string, Float32Array> {
  for (const [name, numbers] of openVariables(step, new Map(), numbersFrom(21))) {
    const shape = step.variables.find((variable) => variable.name === name)?.shape ?? []
    engine.variables.create(name, shape, Float32Array.from(numbers))
  }
  const { images = [], labels = [] } = batchOf(step, numbersFrom(30))
  const inputs = { images: Float32Array.from(images), labels: Int32Array.from(labels), learningRate: 0.05, step: 1 }
  const needed = Object.entries(inputs).filter(([name]) => step.inputs.some((each) => each.name === name))
  const executable = engine.prepare(step.program)
  executable.run(Object.fromEntries(needed))
  const outputs = Object.keys(step.program.outputs).map((name) => [`output ${name}`, executable.read(name)])
  const variables = engine.variables.names().map((name) => [name, engine.variables.read(name)])
  for (const name of [...engine.variables.names()]) engine.variables.delete(name)
  return Object.fromEntries([...outputs, ...variables]) as Record<string, Float32Array>
}

describeKernels('whole steps of DARTS are those of plain JavaScript', (open) => {
  it.each<[string, () => Step]>([
    ['loss and gradients', () => buildStep(supernet, train)],
    [
      'an update of the weights',
      () => buildStep(supernet, { ...train, update: { variables: 'weights', optimiser: sgd, clip: 5 } }),
    ],
    ['an evaluation', () => buildStep(supernet, { batch: 4, mode: 'evaluate' })],
  ])('%s', async (_, plan) => {
    const step = plan()
    const [found, expected] = [run(open(), step), run(await openCpuEngine(), step)]
    expect(Object.keys(found)).toEqual(Object.keys(expected))
    const whole = norm(Object.values(expected).map(norm))
    for (const [name, numbers] of Object.entries(expected)) {
      const error = norm(numbers.map((each, i) => each - (found[name]?.[i] ?? NaN)))
      expect(error / (norm(numbers) + 1e-3 * whole), name).toBeLessThan(2e-2)
    }
  })
})
