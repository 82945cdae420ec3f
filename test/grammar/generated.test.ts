import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { generateNeighbours } from '../../grammar/generate.js'
import { keywords } from '../../grammar/tokens.js'

const folder = 'grammar/generated'

describe('what is generated from the grammar', () => {
  it('is fresh: run `npm run gen` where this fails', () => {
    const fresh = generateNeighbours()
    expect(readdirSync(folder).sort()).toEqual([...fresh.keys()].sort())
    for (const [name, text] of fresh) expect(readFileSync(`${folder}/${name}`, 'utf8'), name).toBe(text)
  })

  it('is the same each time', () => {
    expect([...generateNeighbours()]).toEqual([...generateNeighbours()])
  })

  it('names every production and keyword for people', () => {
    const ebnf = readFileSync(`${folder}/nas.ebnf`, 'utf8')
    const list = readFileSync(`${folder}/keywords.md`, 'utf8')
    const defined = new Set([...ebnf.matchAll(/^(\w+) = /gm)].map((match) => match[1]))
    const body = ebnf.slice(ebnf.indexOf('file = ')).replaceAll(/"[^"]*"/g, '')
    const used = [...body.slice(0, body.indexOf('Connective = ')).matchAll(/\b[A-Za-z]+\b/g)].map(([word]) => word)
    expect(used.length).toBeGreaterThan(100)
    for (const word of used) expect(defined, word).toContain(word)
    for (const { word } of keywords) expect(list).toContain(`| \`${word}\``)
  })

  it('highlights by patterns that an editor can compile', () => {
    const grammar: unknown = JSON.parse(readFileSync(`${folder}/nas.tmLanguage.json`, 'utf8'))
    const patterns = [...JSON.stringify(grammar).matchAll(/"(?:match|begin|end)":("(?:[^"\\]|\\.)*")/g)]
    expect(patterns.length).toBeGreaterThan(10)
    for (const [, pattern] of patterns) expect(() => new RegExp(String(JSON.parse(pattern ?? '""')))).not.toThrow()
  })
})
