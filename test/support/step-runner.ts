import type { Step } from '../../src/runtime/plan/step.js'
import { interpret } from '../../src/runtime/program/interpret.js'
import type { Numbers } from '../../src/runtime/operations/support/definition.js'
import { randomArray } from './numbers.js'

/** Variables by name, in double precision. */
export type Store = Map<string, Float64Array>

/** Makes the variables of a step that the store lacks: random kernels and logits, the rest as initialised. */
export function openVariables(step: Step, store: Store, random: () => number): Store {
  for (const { name, shape, init } of step.variables) {
    if (store.has(name)) continue
    const data = randomArray(shape, random)
    store.set(
      name,
      init === 'zeros' || init === 'ones' ? data.fill(init === 'ones' ? 1 : 0) : data.map((each) => each * 0.5),
    )
  }
  return store
}

/** Images and labels in which the label can be read off the mean of the first channel. */
export function batchOf(step: Step, random: () => number): Record<string, Numbers> {
  const images = step.inputs.find(({ name }) => name === 'images')?.shape ?? []
  const [batch = 0] = images
  const classes = step.program.values[step.program.outputs['logits'] ?? -1]?.shape[1] ?? 1
  const labels = Int32Array.from({ length: batch }, () => Math.floor(random() * classes))
  const channels = images[3] ?? 1
  const perImage = randomArray(images, random).length / batch
  const data = randomArray(images, random).map((each, i) =>
    i % channels === 0 ? each * 0.5 + (labels[Math.floor(i / perImage)] ?? 0) - classes / 2 : each,
  )
  return { images: data, labels }
}

export function runStep(
  step: Step,
  store: Store,
  inputs: Record<string, Numbers | number>,
): Readonly<Record<string, Numbers>> {
  return interpret(step.program, { inputs, variables: store, precision: 'double' })
}
