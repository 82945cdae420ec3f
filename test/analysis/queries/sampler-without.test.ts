import { describe, expect, it } from 'vitest'
import { sampler, samplerWithout } from '../../../src/analysis/index.js'
import { createRandom } from '../../../src/runtime/random/random.js'
import { resolveParams } from '../../../src/space/index.js'
import type { Decision } from '../../../src/space/decisions/decision.js'
import { compiledText } from '../../support/programs.js'

const text = (require = ''): string => `import { bn, conv, global_pool, linear } from std:nn
import std:cells
space net {
  input image(8, 8, 3)
  classes 4
  network {
    stem  conv(one of {2, 3, 4}, 1) -> bn
    stage a { width 4; depth one of {0, 1, 2}; layer one of {none, conv(channels, 1), conv(channels, 3), conv(channels, 5)} }
    head  global_pool -> linear(classes)
  }
  ${require}
}`

const isNone = (decision: Decision, option: number): boolean => decision.options[option] === 'none'

describe('architectures without some options', () => {
  it.each(['', 'require a.depth <= 1', 'require macs <= 60k'])(
    'are drawn each as likely as any other: %s',
    (require) => {
      const ir = compiledText(text(require))
      const options = { params: resolveParams(ir, {}) }
      const key = (decisions: Readonly<Record<string, readonly number[]>>): string => JSON.stringify(decisions)
      const whole = sampler(ir, 'net', options)
      const free = samplerWithout(ir, 'net', options, isNone)
      const noneAt = new Set<string>()
      const allowed = new Set<string>()
      const random = createRandom(3)
      for (let draw = 0; draw < 4000; draw++) {
        const { decisions } = whole.draw(random).architecture
        const takes = Object.entries(decisions).some(
          ([path, taken]) => path.includes('layer') && !path.includes('depth') && taken.includes(0),
        )
        ;(takes ? noneAt : allowed).add(key(decisions))
      }
      expect(noneAt.size).toBeGreaterThan(0)
      expect(free?.count).toBe(BigInt(allowed.size))
      const drawn = new Map<string, number>()
      for (let draw = 0; draw < 4000; draw++) {
        const found = key(free?.draw(random).architecture.decisions ?? {})
        drawn.set(found, (drawn.get(found) ?? 0) + 1)
      }
      expect(new Set(drawn.keys())).toEqual(allowed)
      const even = 4000 / allowed.size
      for (const count of drawn.values()) expect(Math.abs(count - even)).toBeLessThan(6 * Math.sqrt(even))
    },
  )

  it('are none where every architecture takes one', () => {
    const ir = compiledText(text())
    expect(samplerWithout(ir, 'net', { params: resolveParams(ir, {}) }, () => true)).toBeUndefined()
  })
})
