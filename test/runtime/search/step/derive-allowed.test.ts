import { describe, expect, it } from 'vitest'
import { unmetConstraints } from '../../../../src/analysis/index.js'
import { architectureFrom } from '../../../../src/runtime/search/step/architecture-from.js'
import { deriveAllowed } from '../../../../src/runtime/search/step/derive-allowed.js'
import { resolveSearch } from '../../../../src/runtime/search/run/resolve-search.js'
import { compiledText } from '../../../support/programs.js'

const program = (space: string, rule: string): string => `
import { conv, global_pool, identity, linear } from std:nn
import std:search
${space}
search by_gradient of small {
  relax    all by softmax
  sample   all
  minimise cross_entropy
  train weights { sgd(lr: cosine(0.05 to 0.001), momentum: 0.9, decay: 0) }
  train choices { adam(lr: 0.01, betas: (0.5, 0.999), decay: 0) }
  derive   ${rule}
  scale quick { epochs 1, batch 8 }
}`

const stages = (most: number): string =>
  program(
    `space small {
  input image(8, 1); classes 4
  network {
    stem conv(8)
    stage a { width 8; depth 2;           layer conv(channels, one of {1, 3, 5}) }
    stage b { width 8; depth one of 1..2; layer conv(channels, one of {1, 3, 5}) }
    head global_pool -> linear(classes)
  }
  require macs <= ${most}
}`,
    'argmax',
  )

/** MACs of a layer by its kernel: 8 channels on 8x8; and of stem and head. */
const layer = (kernel: number): number => 8 * 8 * 8 * 8 * kernel ** 2
const rest = 8 * 8 * 8 + 8 * 4

/** What is taken under weights that like the widest kernels and the second depth best. */
function derived(text: string, depth: readonly number[] = [0.2, 0.8]) {
  const ir = compiledText(text)
  const search = resolveSearch(ir, { scale: 'quick' })
  const { decisions, params } = search
  const weights: Record<string, readonly number[]> = Object.fromEntries(
    decisions.map(({ path, options }) => [path, options.length === 3 ? [0.1, 0.4, 0.5] : depth]),
  )
  // Of the four kernels this one costs least to give up.
  weights['b.layer[1].kernel'] = [0.1, 0.44, 0.46]
  const found = deriveAllowed(search, { weights })
  return { ...found, missed: unmetConstraints(ir, architectureFrom(search, found.selected), params) }
}

describe('derive within the constraints of the space', () => {
  it('takes the strongest options where they are allowed', () => {
    const { selected: taken, unmet, missed } = derived(stages(rest + 4 * layer(5)))
    expect([unmet, missed]).toEqual([[], []])
    expect(taken).toEqual({
      'a.layer[1].kernel': [2],
      'a.layer[2].kernel': [2],
      'b.depth': [1],
      'b.layer[1].kernel': [2],
      'b.layer[2].kernel': [2],
    })
  })

  it('gives up what costs least of the weights where they are not', () => {
    const { selected: taken, unmet, missed } = derived(stages(rest + 4 * layer(5) - 1))
    expect([unmet, missed]).toEqual([[], []])
    expect(taken).toEqual({
      'a.layer[1].kernel': [2],
      'a.layer[2].kernel': [2],
      'b.depth': [1],
      'b.layer[1].kernel': [1],
      'b.layer[2].kernel': [2],
    })
  })

  it('gives up a layer where that costs less: 0.45 of 0.55 against 0.44 of 0.46 and 0.4 of 0.5', () => {
    const { selected: taken, missed } = derived(stages(rest + 3 * layer(5)), [0.45, 0.55])
    expect(missed).toEqual([])
    expect(taken).toEqual({
      'a.layer[1].kernel': [2],
      'a.layer[2].kernel': [2],
      'b.depth': [0],
      'b.layer[1].kernel': [2],
    })
  })

  it('says what rules miss that do not look at constraints', () => {
    const cells = `let candidates = { identity, conv(channels, 3) }
cell one(s0, s1) {
  prepare s0, s1 { conv(channels) }
  node n { from any 1 of earlier; through one of candidates; merge sum }
  output n
}
space small {
  input image(8, 1); classes 4
  cell normal = one
  network { stem conv(4); stack 1 of normal, channels 4; head global_pool -> linear(classes) }
  require macs <= 4k
}`
    const { selected: taken, unmet, missed } = derived(program(cells, 'top(1)'))
    // An edge is as strong as its strongest operation times its own weight: 0.8 * 0.8 for the second.
    expect(taken).toMatchObject({ 'normal.n.from': [1], 'normal.n.through[s1]': [1] })
    expect(unmet).toEqual(['macs <= 4k'])
    expect(missed.map(({ text }) => text)).toEqual(unmet)
  })
})
