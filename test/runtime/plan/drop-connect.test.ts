import { describe, expect, it } from 'vitest'
import { dropRates } from '../../../src/runtime/plan/drop-connect.js'
import { residualBlocks } from '../../../src/runtime/plan/residuals.js'
import { buildStep } from '../../../src/runtime/plan/step.js'
import { bindingOf, buildNetwork, resolveParams, type Network } from '../../../src/space/index.js'
import { architectureOf } from '../../../src/architectures/index.js'
import { evaluate } from '../../support/bound-steps.js'
import { compiledFile, compiledText } from '../../support/programs.js'

/** Blocks of four kinds: written as residuals, as sums with a shortcut, and two that are neither. */
const network = (mode: Network['mode'] = 'standalone'): Network => {
  const ir = compiledText(`import std:nn
import { attentive_mbconv } from std:mobile
space small {
  input image(8, 3); classes 3
  network {
    stem conv(4) -> bn -> swish
    stage a { width 4; depth 2; layer residual { conv(channels, 3) -> bn } }
    stage b { width 6; depth 2; stride 2; layer attentive_mbconv(3, 2) }
    stage c { width 6; layer sum(conv(channels) -> bn -> relu, conv(channels, 3) -> bn) }
    stage d { width 6; depth 3; layer residual { conv(channels, 3) -> bn } }
    head global_pool -> linear(classes)
  }
}`)
  return buildNetwork(ir, 'small', { params: resolveParams(ir, {}), binding: () => ({ kind: 'mix' }), mode })
}

describe('residual blocks', () => {
  it('are what is added to what arrives, or to its shortcut', () => {
    const parts = residualBlocks(network()).map(({ part }) => part)
    expect(parts).toEqual(['a', 'a', 'b', 'b', 'd', 'd', 'd'])
  })

  it('are all layers of the largest network of AttentiveNAS', () => {
    const ir = compiledFile('spaces/attentivenas.nas')
    const params = resolveParams(ir, {})
    const largest = buildNetwork(ir, 'attentivenas', {
      ...{ params, mode: 'standalone', binding: bindingOf(architectureOf(ir, 'Largest', params)) },
    })
    expect(residualBlocks(largest)).toHaveLength(2 + 5 + 6 + 6 + 8 + 8 + 2)
    const rates = [...dropRates(largest, { dropConnect: { rate: 0.2, stages: 2 } }).values()]
    // Block i of 37 with 0.2 * i / 37, in mb6 and mb7.
    expect(rates).toEqual(Array.from({ length: 10 }, (_, block) => (0.2 * (27 + block)) / 37))
  })
})

describe('blocks that are left out', () => {
  it('are those of the last stages, the later the more often', () => {
    const rates = (stages: number) => [...dropRates(network(), { dropConnect: { rate: 0.7, stages } }).values()]
    expect(rates(1)).toEqual([4, 5, 6].map((block) => (0.7 * block) / 7))
    // The first block of all never is.
    expect(rates(1000)).toEqual([1, 2, 3, 4, 5, 6].map((block) => (0.7 * block) / 7))
  })

  it('are left out in training alone, by masks that the caller draws', () => {
    const dropConnect = { rate: 0.7, stages: 2 }
    const train = buildStep(network(), { batch: 4, mode: 'train', dropConnect })
    expect(train.drops.map(({ shape, rate }) => [shape, rate])).toEqual(
      [2, 3, 4, 5, 6].map((block) => [[4], (0.7 * block) / 7]),
    )
    for (const mode of ['evaluate', 'calibrate'] as const)
      expect(buildStep(network(), { batch: 4, mode, dropConnect }).drops).toEqual([])
  })

  it('of which none is dropped are the network itself; of which all are, their shortcuts', () => {
    const store = new Map<string, Float64Array>()
    const plain = evaluate(network(), store)
    const dropConnect = { rate: 0.7, stages: 1000 }
    const names = buildStep(network(), { batch: 4, mode: 'train', dropConnect }).drops.map(({ name }) => name)
    const given = (value: number) => Object.fromEntries(names.map((name) => [name, new Float64Array(4).fill(value)]))
    expect(evaluate(network(), store, { dropConnect }, given(1)).logits).toEqual(plain.logits)
    const { gradients } = evaluate(network(), store, { dropConnect }, given(0))
    const ofBodies = [...gradients].filter(([name]) => /^(?:b\[2\]|d).*kernel$/u.test(name))
    expect(ofBodies.length).toBeGreaterThan(5)
    for (const [name, gradient] of ofBodies)
      expect(
        [...gradient].every((each) => each === 0),
        name,
      ).toBe(true)
  })
})
