import type { Step } from '../src/runtime/plan/step.js'
import type { Random } from '../src/runtime/random/random.js'

/** One value for every input of a step: normal images, labels out of ten, a small learning rate. */
export function randomInputs(step: Step, draws: Random): Record<string, number | Float32Array | Int32Array> {
  const inputs: Record<string, number | Float32Array | Int32Array> = {}
  for (const { name, shape, dtype } of step.inputs) {
    const count = shape.reduce((product, length) => product * length, 1)
    if (dtype === 'int32') inputs[name] = new Int32Array(count).map(() => draws.integer(10))
    else if (name === 'learningRate') inputs[name] = 1e-3
    else if (name === 'step') inputs[name] = 1
    else inputs[name] = new Float32Array(count).map(() => draws.normal())
  }
  return inputs
}
