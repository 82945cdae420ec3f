import { describe, expect, it } from 'vitest'
import {
  bestArchitecture,
  costHistogram,
  costRange,
  countArchitectures,
  deadOptions,
  decisionsOf,
  findContradiction,
  sampler,
} from '../../../src/analysis/index.js'
import { compile } from '../../../src/compiler/index.js'
import { memoryHost } from '../../../src/compiler/modules/memory-host.js'
import { nodeHost } from '../../../src/compiler/modules/node-host.js'
import { Failure } from '../../../src/catalogue/failure.js'
import type { Ir } from '../../../src/ir/model/ir.js'
import { createRandom } from '../../../src/runtime/random/random.js'
import { limitAnalysis, timeBudget } from '../../../src/space/index.js'
import { heavySpace } from '../../support/heavy-programs.js'
import { failureOf } from '../../support/failures.js'
import { changedText, compiledText } from '../../support/programs.js'

const text = `import { bn, conv, global_pool, identity, linear, relu } from std:nn
cell small(s0, s1) {
  prepare s0, s1 { conv(channels) }
  node n[1..2] { from any 1.. of earlier; through one of { identity, conv(channels, 3) }; merge sum }
  output concat(n)
}
space net {
  input image(one of {8, 12}, 3); classes 4
  cell normal = small
  network {
    stem conv(one of {4, 8}, 3) -> bn
    stage a { width one of {4, 6, 8}; depth one of 1..2; layer conv(channels, if channels > 4 then one of {1, 3} else 3) -> relu }
    stack 2 of normal, channels 4
    head global_pool -> linear(classes)
  }
  require macs <= 2M
}`
const options = { params: {} }

const queries: Readonly<Record<string, (ir: Ir) => unknown>> = {
  decisions: (ir) => decisionsOf(ir, 'net', options),
  count: (ir) => countArchitectures(ir, 'net', options),
  range: (ir) => costRange(ir, 'net', options, 'parameters'),
  histogram: (ir) => costHistogram(ir, 'net', options, 'macs'),
  contradiction: (ir) => findContradiction(ir, 'net', options),
  'dead options': (ir) => deadOptions(ir, 'net', options),
  best: (ir) => bestArchitecture(ir, 'net', options, (_, [option = 0]) => option),
  sample: (ir) =>
    sampler(ir, 'net', options, { where: [{ quantity: 'macs', least: 0, most: 1e6 }] }).draw(createRandom(1)),
}

describe.each(Object.entries(queries))('%s under a budget', (_, query) => {
  it('is what it is without one, or ends with the part that it was at', () => {
    const ir = compiledText(text)
    const expected = query(structuredClone(ir))
    let ended = 0
    for (let looks = 1; ; looks *= 3) {
      const bounded = structuredClone(ir)
      let seen = 0
      limitAnalysis(
        bounded,
        timeBudget(1, () => (seen++ <= looks ? 0 : 2000)),
      )
      try {
        expect(query(bounded)).toEqual(expected)
        break
      } catch (failure) {
        if (!(failure instanceof Failure)) throw failure
        expect(failure.message).toMatch(
          /after 1 s the analysis was still at `(net|input|stem|a|normal|stack|cells|head)\b/,
        )
        ended++
      }
    }
    expect(ended).toBeGreaterThan(2)
  })
})

describe('a space that is too large', () => {
  it('is compiled, with a warning that it is not proved', () => {
    let looks = 0
    const budget = timeBudget(1, () => (looks++ < 5 ? 0 : 2000))
    const { value, diagnostics } = compile('main.nas', memoryHost({ 'main.nas': heavySpace }, nodeHost()), budget)
    expect(value?.spaces.map(({ name }) => name)).toEqual(['heavy'])
    expect(diagnostics.map(({ slug }) => slug)).toEqual(['unproved-space'])
    expect(() => countArchitectures(value ?? compiledText(''), 'heavy', options)).toThrow('after 1 s the analysis was')
  })

  it('names the part that has no room', async () => {
    const nodes = 'node n[1..20] { from any 0.. of earlier; through conv(channels, 1) }'
    const ir = compiledText(changedText(text, [/node n.*/, nodes]))
    const { code, message } = await failureOf(() => countArchitectures(ir, 'net', options))
    expect([code, message]).toEqual([
      'NAS6140',
      expect.stringContaining('`normal` is too large, more than 200,000 sets'),
    ])
  })
})
