import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../../support/repository.js'
import { checkProgram, readCases } from '../../../scripts/docs/cases.js'
import { diagnosticEntries } from '../../../src/catalogue/index.js'
import { renderPretty } from '../../../src/compiler/diagnostics/render/pretty.js'
import { sourcesOf } from '../../../src/compiler/modules/sources-of.js'
import { openIr, printIr } from '../../../src/ir/seal/index.js'

/** With `-u` this file writes anew what the compiler says, and the IR of the area `lower`. */
const cases = readCases(root)
const codes = new Map<string, string>()

describe.each(cases)('$area/$name', ({ area, name, folder, host }) => {
  const { value, diagnostics } = checkProgram('main.nas', host)
  for (const { code } of diagnostics) codes.set(code, `${area}/${name}`)

  it('says what it should', async () => {
    const sourceOf = sourcesOf(host)
    for (const { file, span } of diagnostics.flatMap((each) => [each, ...each.labels])) {
      const text = sourceOf(file)?.text ?? ''
      expect(span.start).toBeGreaterThanOrEqual(0)
      expect(span.start).toBeLessThanOrEqual(span.end)
      expect(span.end).toBeLessThanOrEqual(text.length)
    }
    const text = diagnostics.length === 0 ? 'nothing\n' : renderPretty(diagnostics, sourceOf, { colour: false })
    await expect(text).toMatchFileSnapshot(join(folder, 'diagnostics.txt'))
  })

  it('gives an IR where there is no error, or only in architectures', async () => {
    const sourceOf = sourcesOf(host)
    const errors = diagnostics.filter(({ severity, slug }) => severity === 'error' && slug !== 'search-refused')
    const ofArchitectures = errors.filter(({ file, span, code }) => {
      const before = sourceOf(file)?.text.slice(0, span.start + 1) ?? ''
      return (
        !code.startsWith('NAS1') &&
        before
          .split('\n')
          .findLast((line) => /^\w/.test(line))
          ?.startsWith('arch')
      )
    })
    expect(value === undefined).toBe(errors.length > ofArchitectures.length)
    if (value === undefined) return
    expect(openIr(printIr(value), 'main.ir.json')).toEqual(value)
    if (area !== 'lower') return
    await expect(`${JSON.stringify(JSON.parse(printIr(value)), null, 1)}\n`).toMatchFileSnapshot(
      join(folder, 'ir.json'),
    )
  })
})

describe('the catalogue', () => {
  const entries = Object.entries(diagnosticEntries)

  it.each(entries)('has a case of %s', (_slug, { code }) => {
    expect(codes.get(code), code).toBeDefined()
  })

  it('has every code once', () => {
    const all = entries.map(([, { code }]) => code)
    expect(new Set(all).size).toBe(all.length)
  })
})
