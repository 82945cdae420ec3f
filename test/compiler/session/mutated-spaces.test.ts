import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../../src/compiler/index.js'
import { memoryHost } from '../../../src/compiler/modules/memory-host.js'
import { nodeHost } from '../../../src/compiler/modules/node-host.js'

const source = readFileSync('spaces/darts.nas', 'utf8')
const words = [...new Set(source.match(/[A-Za-z_]\w*|\d[\w.]*|->|\.\.|[^\s\w]/g) ?? [])]
const standard = nodeHost()

/** Positions of words of the text. */
const places = [...source.matchAll(/[A-Za-z_]\w*|\d[\w.]*|->|\.\.|[^\s\w]/g)].map((match) => ({
  start: match.index,
  end: match.index + match[0].length,
}))

describe('a mutated space', () => {
  it('never makes the compiler throw, and every place lies in its text', () => {
    const mutation = fc.array(
      fc.record({ at: fc.nat({ max: places.length - 1 }), word: fc.oneof(fc.constantFrom(...words), fc.constant('')) }),
      { minLength: 1, maxLength: 3 },
    )
    fc.assert(
      fc.property(mutation, (changes) => {
        let text = source
        for (const { at, word } of [...changes].sort((a, b) => b.at - a.at)) {
          const place = places[at]
          if (place !== undefined) text = text.slice(0, place.start) + word + text.slice(place.end)
        }
        const { value, diagnostics } = compile('darts.nas', memoryHost({ 'darts.nas': text }, standard))
        if (value === undefined) expect(diagnostics.length).toBeGreaterThan(0)
        for (const { file, span } of diagnostics) {
          const length = file === 'darts.nas' ? text.length : (standard.read(file)?.length ?? 0)
          expect(span.start).toBeLessThanOrEqual(span.end)
          expect(span.end).toBeLessThanOrEqual(length)
        }
      }),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 40), seed: 20_241_124 },
    )
  }, 600_000)
})
