import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { diagnosticEntries, failureEntries, fill, generally } from '../../src/catalogue/index.js'

/** What messages count. */
const nouns =
  'argument architecture cell choice class decision digit edge epoch example image input layer level map name network node number option part place set source state step value'
    .split(' ')
    .map((noun) => (noun === 'class' ? 'classes' : `${noun}s`))
const wrongPlural = new RegExp(`(?<![\\w.-])1 (?:\\w+ )?(?:${nouns.join('|')})\\b|are only 1\\b`, 'u')
const wrongSingular = /(?<![\w.-])[02] (?:input|option|argument|source|decision|cell|feature map)\b|is only [02]\b/u

const templates = Object.entries({ ...diagnosticEntries, ...failureEntries }).flatMap(
  ([slug, { message, help = '' }]) => [
    [slug, message],
    [slug, help],
  ],
)

/** A template in which every placeholder is this number. */
function filled(template: string, number: number): string {
  const names = [...template.matchAll(/\{(\w+)/gu)].map(([, name = '']) => [name, number] as const)
  return fill(template, Object.fromEntries(names))
}

describe('words of messages that go with numbers', () => {
  it('are in their number, whatever it is', () => {
    for (const [slug, template = ''] of templates) {
      expect(filled(template, 1), slug).not.toMatch(wrongPlural)
      for (const number of [0, 2]) expect(filled(template, number), slug).not.toMatch(wrongSingular)
    }
  })

  it('are in their number in all that is told of the cases', () => {
    const root = 'test/cases'
    for (const area of readdirSync(root)) {
      for (const name of readdirSync(join(root, area))) {
        const told = readFileSync(join(root, area, name, 'diagnostics.txt'), 'utf8')
        const said = told.split('\n').filter((line) => /^(error|warning|information)\[| = |\^|- /u.test(line))
        for (const line of said) expect(line, name).not.toMatch(wrongPlural)
      }
    }
  })

  it('are singular for one, plural for none and many, and for a range', () => {
    const { message } = diagnosticEntries['edge-count']
    const of = (expected: string | number): string => fill(message, { node: 'n', expected, found: 1 })
    expect([0, 1, '1', 2, '1 to 2'].map(of)).toEqual([
      'n takes 0 inputs, found 1',
      'n takes 1 input, found 1',
      'n takes 1 input, found 1',
      'n takes 2 inputs, found 1',
      'n takes 1 to 2 inputs, found 1',
    ])
    expect(generally(message, (name) => name.toUpperCase())).toBe('NODE takes EXPECTED inputs, found FOUND')
  })
})
