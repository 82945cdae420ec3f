import { describe, expect, it } from 'vitest'
import {
  bindingOf,
  buildNetwork,
  engineBinding,
  relaxedBinding,
  resolveParams,
  type Binding,
  type Network,
} from '../../../src/space/index.js'
import { decisionsOf } from '../../../src/analysis/index.js'
import type { Ir } from '../../../src/ir/model/ir.js'
import { logitsName } from '../../../src/runtime/plan/mixture.js'
import { numbersFrom, relativeDifference } from '../../support/numbers.js'
import { evaluate, expectSameOutcome, oneHot } from '../../support/bound-steps.js'
import type { Store } from '../../support/step-runner.js'
import { compiledFile, compiledText } from '../../support/programs.js'

interface Small {
  readonly ir: Ir
  readonly space: string
  readonly overrides: Readonly<Record<string, number>>
  readonly everyEdge?: true
}

const residuals = `
import { conv, global_pool, identity, linear, relu } from std:nn
space residuals {
  input image(8, 3); classes 3
  network {
    stem conv(4)
    stage s1 { width 4; layer residual { one of { identity, conv(channels, 3) } -> one of { identity, relu } } }
    stage s2 { width 4; depth 2; layer residual { one of { identity, conv(channels, one of { 1, 3 }) } } }
    stage s3 { width 4; layer residual { sum(one of { identity, conv(channels) }, one of { identity, relu }) } }
    head global_pool -> linear(classes)
  }
}
`

/** In a supernet the operation `none` stands for an edge that is not there; where it does not, every edge is there. */
const spaces: readonly (readonly [string, Small])[] = [
  ['DARTS', { ir: compiledFile('spaces/darts.nas'), space: 'darts', overrides: { cells: 3, width: 2 } }],
  [
    'DARTS on ImageNet',
    { ir: compiledFile('spaces/darts-imagenet.nas'), space: 'darts_imagenet', overrides: { cells: 3, width: 2 } },
  ],
  [
    'PC-DARTS',
    { ir: compiledFile('spaces/pc-darts.nas'), space: 'pc_darts', overrides: { cells: 3, width: 4 }, everyEdge: true },
  ],
  ['residuals around what may be the identity', { ir: compiledText(residuals), space: 'residuals', overrides: {} }],
  [
    'NAS-Bench-201',
    { ir: compiledFile('spaces/nas-bench-201.nas'), space: 'nas_bench_201', overrides: { repeats: 1, width: 3 } },
  ],
]

function build({ ir, space, overrides }: Small, binding: Binding, shareFeatures = false): Network {
  const input = { height: 8, width: 8, channels: 3 }
  const params = resolveParams(ir, overrides)
  return buildNetwork(ir, space, { params, binding, mode: 'shared', input, classes: 3, shareFeatures })
}

/** Options drawn for every decision, and logits for the supernet that say the same. */
function drawn({ ir, space, overrides, everyEdge }: Small, seed: number) {
  const random = numbersFrom(seed)
  const decisions = decisionsOf(ir, space, { params: resolveParams(ir, overrides) })
  const taken: Record<string, readonly number[]> = {}
  const sources = new Map<string, ReadonlySet<string>>()
  for (const { path, options, arity } of decisions) {
    if (!arity || everyEdge) continue
    const shuffled = options.map((_, option) => ({ option, key: random() })).sort((a, b) => a.key - b.key)
    const chosen = shuffled.slice(0, arity.least).map(({ option }) => option)
    taken[path] = chosen
    sources.set(path.replace(/\.from$/, ''), new Set(chosen.map((option) => options[option] ?? '')))
  }
  const logits: Store = new Map()
  for (const { path, options, arity } of decisions) {
    if (arity) continue
    const [, node = '', source = ''] = /^(.*)\.through\[(.*)\]$/.exec(path) ?? []
    const isThere = sources.get(node)?.has(source) ?? true
    const none = options.findIndex((option) => option.startsWith('none'))
    const option = isThere ? Math.floor(random() * options.length) : none
    taken[path] = [option]
    logits.set(logitsName(path), oneHot(options.length, option))
  }
  const settled = bindingOf({ space, decisions: taken })
  const binding: Binding = (decision, copy) => (decision.arity && everyEdge ? { kind: 'mix' } : settled(decision, copy))
  return { binding, logits }
}

describe.each(spaces)('a one-hot mix of %s', (_, small) => {
  it.each([1, 2, 3])('is the fixed architecture on the same weights, in outputs and in gradients, draw %i', (seed) => {
    const { binding, logits } = drawn(small, seed)
    const store: Store = new Map(logits)
    const supernet = evaluate(build(small, relaxedBinding), store)
    const fixed = evaluate(build(small, binding), store)
    expectSameOutcome(supernet, fixed, 1e-9)
    expect(supernet.loss).toBeCloseTo(fixed.loss, 9)
    // What the architecture does not have gets no gradient.
    const others = [...supernet.gradients].filter(
      ([name]) => !name.startsWith('choices/') && !fixed.gradients.has(name),
    )
    expect(others.length).toBeGreaterThan(0)
    for (const [name, gradient] of others) {
      expect(relativeDifference(gradient, new Float64Array(gradient.length)), name).toBeLessThan(1e-12)
    }
  })
})

describe('an engine cell', () => {
  const [, darts] = spaces[0] ?? []

  it('with one-hot choices, and the transit cells around it, is the derived network', () => {
    if (darts === undefined) throw new Error('no space')
    const { binding: transit, logits } = drawn(darts, 4)
    const store: Store = new Map(logits)
    const engine = engineBinding(relaxedBinding, transit, new Set(['cells[1]', 'cells[2]']))
    for (const shareFeatures of [false, true]) {
      const searched = evaluate(build(darts, engine, shareFeatures), store)
      const derived = evaluate(build(darts, transit, shareFeatures), store)
      expectSameOutcome(searched, derived, 1e-9)
    }
  })
})
