import { describe, expect, it } from 'vitest'
import { buildNetwork, relaxedBinding, resolveParams, type Binding, type Network } from '../../../src/space/index.js'
import { evaluate, expectSameGradients } from '../../support/bound-steps.js'
import { relativeDifference } from '../../support/numbers.js'
import type { Store } from '../../support/step-runner.js'
import { compiledFile } from '../../support/programs.js'

const ir = compiledFile('spaces/darts.nas')
const input = { height: 6, width: 6, channels: 3 }

function darts(binding: Binding, shareFeatures: boolean, overrides: Record<string, number> = {}): Network {
  const params = resolveParams(ir, { cells: 3, width: 2, ...overrides })
  return buildNetwork(ir, 'darts', { params, binding, mode: 'shared', input, classes: 4, shareFeatures })
}

/** `cells[1].s0.sep_conv(3)…` for `cells[1].n2.s0.sep_conv(3)…`: the map that is read, whoever reads it. */
function tied(path: string): string {
  return path.replace(/^(cells\[\d+\])\.n\d\.(s[01]|n\d)\./, '$1.$2.')
}

describe('shared features', () => {
  it('are per-edge evaluation with tied weights, in outputs and in gradients', () => {
    const [shared, perEdge] = [darts(relaxedBinding, true), darts(relaxedBinding, false)]
    const store: Store = new Map()
    const once = evaluate(shared, store)
    const paths = perEdge.nodes.flatMap((node) => (node.kind === 'layer' ? node.weights.map(({ path }) => path) : []))
    for (const path of paths) {
      const values = store.get(tied(path))
      if (values === undefined) throw new Error(`nothing shared for ${path}`)
      store.set(path, values)
    }
    const often = evaluate(perEdge, store)
    expect(relativeDifference(once.logits, often.logits)).toBeLessThan(1e-10)
    const sums = new Map<string, Float64Array>()
    for (const [name, gradient] of often.gradients) {
      const total = sums.get(tied(name)) ?? new Float64Array(gradient.length)
      sums.set(
        tied(name),
        total.map((each, i) => each + (gradient[i] ?? NaN)),
      )
    }
    expect([...sums.keys()].sort()).toEqual([...once.gradients.keys()].sort())
    expectSameGradients(sums, once.gradients, 1e-9)
  })

  it('evaluate an operation on a map once: 5 sources of 14 edges', () => {
    const count = (network: Network): number =>
      network.nodes.filter(({ path }) => /sep_conv\(3\)\.bn2?$/.test(path) && path.includes('cells[0]')).length
    const [shared, perEdge] = [darts(relaxedBinding, true), darts(relaxedBinding, false)]
    expect(count(shared) / count(perEdge)).toBeCloseTo(5 / 14, 10)
  })
})
