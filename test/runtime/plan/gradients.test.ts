import { describe, expect, it } from 'vitest'
import { crossEntropyObjective } from '../../../src/runtime/plan/objective.js'
import { buildStep } from '../../../src/runtime/plan/step.js'
import { smallNetwork, smallSupernet } from '../../support/networks.js'
import { numbersFrom } from '../../support/numbers.js'
import { batchOf, openVariables, runStep } from '../../support/step-runner.js'

describe.each([
  ['a supernet', smallSupernet(), 0],
  ['a network with an auxiliary head', smallNetwork(), 0.4],
])('gradients of %s', (_, network, auxiliaryWeight) => {
  it.each([0, 0.1])('agree with central differences of the loss, label smoothing %d', (smoothing) => {
    const spec = {
      batch: 4,
      mode: 'train',
      auxiliaryWeight,
      objective: crossEntropyObjective(smoothing),
      gradients: 'all',
    } as const
    const step = buildStep(network, spec)
    const store = openVariables(step, new Map(), numbersFrom(11))
    const inputs = batchOf(step, numbersFrom(12))
    const exact = runStep(step, store, inputs)
    // The reported loss leaves out the auxiliary head, which shares the stem.
    const total = () => runStep(step, store, inputs)['loss']?.[0] ?? NaN
    const checked = Object.keys(exact).filter(
      (name) => name.startsWith('gradient/') && (auxiliaryWeight === 0 || !/stem|auxiliary/.test(name)),
    )
    expect(checked.length).toBeGreaterThan(4)
    for (const name of checked) {
      const variable = store.get(name.slice('gradient/'.length)) ?? new Float64Array()
      for (const i of new Set([0, Math.floor(variable.length / 2), variable.length - 1])) {
        const value = variable[i] ?? NaN
        variable[i] = value + 1e-5
        const above = total()
        variable[i] = value - 1e-5
        const below = total()
        variable[i] = value
        expect(Math.abs((above - below) / 2e-5 - (exact[name]?.[i] ?? NaN)), `${name}[${String(i)}]`).toBeLessThan(1e-7)
      }
    }
  })
})
