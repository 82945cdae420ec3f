import { describe, expect, it } from 'vitest'
import { buildStep } from '../../../src/runtime/plan/step.js'
import { createRandom } from '../../../src/runtime/random/random.js'
import { initialValues } from '../../../src/runtime/training/initialise.js'
import { buildNetwork, resolveParams, type Network } from '../../../src/space/index.js'
import { evaluate, expectSameOutcome, extracted } from '../../support/bound-steps.js'
import { numbersFrom } from '../../support/numbers.js'
import { compiledText } from '../../support/programs.js'
import { batchOf, openVariables, runStep, type Store } from '../../support/step-runner.js'

/** A depthwise and a full convolution, both with windows that are chosen; the width of the second one is chosen, too. */
const ir = compiledText(
  `import { bn, conv, depthwise, global_pool, linear, relu } from std:nn
space windows { input image(7, 2); classes 3
  network {
    stem conv(4, 1)
    stage deep { width one of {2, 4}; depth one of 1..2; layer depthwise(one of {3, 5, 7}) -> conv(channels, one of {3, 7}) -> bn -> relu }
    head global_pool -> linear(classes)
  }
}`,
)
const whole = { width: 1, depth: 1, depthwise: [2, 2], conv: [1, 1] }

function network(taken: Partial<typeof whole>, transform = true, kind: 'slice' | 'fixed' = 'slice'): Network {
  const { width, depth, depthwise, conv } = { ...whole, ...taken }
  const options = new Map([
    ['deep.width', width],
    ['deep.depth', depth],
    ...[0, 1].flatMap((layer): [string, number][] => [
      [`deep.layer[${String(layer + 1)}].kernel`, depthwise[layer] ?? 0],
      [`deep.layer[${String(layer + 1)}].kernel[2]`, conv[layer] ?? 0],
    ]),
  ])
  return buildNetwork(ir, 'windows', {
    params: resolveParams(ir, {}),
    mode: kind === 'slice' ? 'shared' : 'standalone',
    binding(decision) {
      const option = options.get(decision.path)
      if (option === undefined) throw new Error(decision.path)
      return kind === 'slice' ? { kind, option, transform } : { kind, options: [option] }
    },
  })
}

const mapsOf = (built: Network): readonly string[] =>
  buildStep(built, { batch: 1, mode: 'train', gradients: 'all' })
    .variables.map(({ name }) => name)
    .filter((name) => name.includes('_to_'))

describe('a window that is transformed', () => {
  it('has a map per step between sizes that are chosen, whatever path comes first', () => {
    const first = { depth: 0, depthwise: [0, 0], conv: [0, 0] }
    const small = [
      'deep[1].depthwise.kernel.7x7_to_5x5',
      'deep[1].depthwise.kernel.5x5_to_3x3',
      'deep[1].conv.kernel.7x7_to_3x3',
    ]
    expect(mapsOf(network(first))).toEqual(small)
    expect(mapsOf(network({ ...first, depth: 1 }))).toEqual([
      ...small,
      ...small.map((name) => name.replace('[1]', '[2]')),
    ])
    expect(mapsOf(network({ depthwise: [1, 2] }))).toEqual(['deep[1].depthwise.kernel.7x7_to_5x5'])
    expect(mapsOf(network({ width: 0 }))).toEqual([])
    expect(mapsOf(network(first, false))).toEqual([])
  })

  it('is the centre of the larger one as long as the maps are the identity', () => {
    const built = network({ width: 0, depthwise: [0, 1], conv: [0, 1] })
    const store: Store = new Map()
    for (const variable of buildStep(built, { batch: 1, mode: 'train', gradients: 'all' }).variables)
      if (variable.init === 'identity')
        store.set(variable.name, Float64Array.from(initialValues(variable, createRandom(1), 0)))
    expect(store.size).toBe(4)
    const transformed = evaluate(built, store)
    expectSameOutcome(
      transformed,
      evaluate(network({ width: 0, depthwise: [0, 1], conv: [0, 1] }, false), store),
      1e-12,
    )
  })

  it('is the flattened centre times one matrix after the other, in every channel', () => {
    const built = network({ depthwise: [0, 2], conv: [1, 1] })
    const store: Store = new Map()
    const transformed = evaluate(built, store)
    const alone = network({ depthwise: [0, 2], conv: [1, 1] }, true, 'fixed')
    const cut = extracted(built, store)
    const kernel = new Float64Array(9 * 4)
    const stored = store.get('deep[1].depthwise.kernel') ?? []
    const five = store.get('deep[1].depthwise.kernel.7x7_to_5x5') ?? []
    const three = store.get('deep[1].depthwise.kernel.5x5_to_3x3') ?? []
    for (let channel = 0; channel < 4; channel++) {
      const centre = Array.from(
        { length: 25 },
        (_, i) => stored[((Math.floor(i / 5) + 1) * 7 + (i % 5) + 1) * 4 + channel] ?? NaN,
      )
      const middle = centre.map((_, row) => centre.reduce((sum, x, i) => sum + (five[row * 25 + i] ?? NaN) * x, 0))
      const inner = Array.from({ length: 9 }, (_, i) => middle[(Math.floor(i / 3) + 1) * 5 + (i % 3) + 1] ?? NaN)
      for (let row = 0; row < 9; row++)
        kernel[row * 4 + channel] = inner.reduce((sum, x, i) => sum + (three[row * 9 + i] ?? NaN) * x, 0)
    }
    const expected = evaluate(alone, new Map([...cut, ['deep[1].depthwise.kernel', kernel]]))
    expectSameOutcome({ ...transformed, gradients: expected.gradients }, expected, 1e-12)
  })

  it('has gradients of kernels and maps that agree with central differences', () => {
    const step = buildStep(network({ width: 0, depth: 0, depthwise: [0, 0], conv: [0, 0] }), {
      batch: 3,
      mode: 'train',
      gradients: 'all',
    })
    const store = openVariables(step, new Map(), numbersFrom(4))
    const inputs = batchOf(step, numbersFrom(5))
    const exact = runStep(step, store, inputs)
    const loss = (): number => runStep(step, store, inputs)['loss']?.[0] ?? NaN
    const checked = Object.keys(exact).filter((name) => name.startsWith('gradient/deep[1]') && name.includes('kernel'))
    expect(checked.length).toBe(5)
    for (const name of checked) {
      const variable = store.get(name.slice('gradient/'.length)) ?? new Float64Array()
      const largest = Math.max(...Array.from(exact[name] ?? [], Math.abs))
      expect(largest, name).toBeGreaterThan(1e-6)
      for (let i = 0; i < variable.length; i += Math.ceil(variable.length / 4)) {
        const value = variable[i] ?? NaN
        variable[i] = value + 1e-5
        const above = loss()
        variable[i] = value - 1e-5
        const below = loss()
        variable[i] = value
        expect(Math.abs((above - below) / 2e-5 - (exact[name]?.[i] ?? NaN)), `${name}[${String(i)}]`).toBeLessThan(1e-7)
      }
    }
  })
})
